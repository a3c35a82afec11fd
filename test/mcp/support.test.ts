import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnalystAnswer } from '../../src/mcp/analyst-answer.js';
import { medianAnswer, sizeFactorOf, supportOf } from '../../src/mcp/scorer/support.js';

function risk(value: number, confidence = 1): AnalystAnswer {
  return {
    ...{ v: 1, symbol: 'S1', engine: 'stat', model: 'm', as_of: 0, n_obs: 9, reasons: [] },
    ...{ capability: 'risk_assessment', risk: value, confidence },
    ...{ var95: 0, es95: 0, max_dd: 0, stop_atr: 0 },
  };
}

test('risk speaks against either direction, and calm for none', () => {
  expect([0, 0.5, 1].map((value) => supportOf(risk(value), 'short'))).toEqual([1, 0, -1]);
  const calm = { ...risk(0), capability: 'volatility_prediction', pct: 0.1 } as never;
  expect(supportOf(calm, 'long')).toBe(0);
  expect(supportOf({ ...(calm as object), pct: 1 } as never, 'long')).toBeCloseTo(-1, 12);
});

test('a bias supports its own direction', () => {
  const bullish = { ...risk(0), capability: 'market_analysis', bias: 0.4 } as never;
  expect(supportOf(bullish, 'long')).toBe(0.4);
  expect(supportOf(bullish, 'short')).toBe(-0.4);
});

const UNIT = fc.double({ min: -1, max: 1, noNaN: true });

test('one rogue server of three never takes the median beyond what the honest two say', () => {
  fc.assert(
    fc.property(UNIT, UNIT, UNIT, (a, b, rogue) => {
      const answers = [a, b, rogue].map((support) => ({
        ...{ capability: 'market_analysis', support, confidence: Math.abs(support) },
      }));
      const { support } = medianAnswer('market_analysis', answers, 2);
      expect(support).toBeGreaterThanOrEqual(Math.min(a, b));
      expect(support).toBeLessThanOrEqual(Math.max(a, b));
    }),
  );
});

test('one rogue server of two can take from what the honest one says, and add nothing to it', () => {
  const answer = (support: number, confidence: number) => ({
    ...{ capability: 'market_analysis', support, confidence: Math.abs(confidence) },
    ...{ ageMs: 1_000 * Math.abs(confidence), sizeFactor: 0.75 + 0.25 * support },
  });
  fc.assert(
    fc.property(UNIT, UNIT, UNIT, UNIT, (support, confidence, rogue, sureness) => {
      const honest = answer(support, confidence);
      const both = [honest, answer(rogue, sureness)];
      for (const answers of [both, both.toReversed()]) {
        const median = medianAnswer('market_analysis', answers, 2);
        // Between nothing and what the honest one says.
        expect(Math.abs(median.support)).toBeLessThanOrEqual(Math.abs(support));
        expect(median.support * support).toBeGreaterThanOrEqual(0);
        expect(median.confidence).toBeLessThanOrEqual(honest.confidence);
        expect(median.ageMs).toBeGreaterThanOrEqual(honest.ageMs);
        expect(median.sizeFactor).toBeGreaterThanOrEqual(honest.sizeFactor);
      }
    }),
  );
});

test('of four the two in the middle count, and what they share', () => {
  const median = (...supports: readonly number[]) =>
    medianAnswer(
      'market_analysis',
      supports.map((support) => ({ capability: 'market_analysis', support, confidence: 1 })),
      supports.length,
    ).support;
  expect(median(1, 0.4, 0.2, -1)).toBe(0.2);
  expect(median(-1, -0.4, -0.2, 1)).toBe(-0.2);
  expect(median(1, 0.4, -0.2, -1)).toBe(0);
  expect(median(0.4, 0.6)).toBe(0.4);
});

test('fewer answers than the quorum are none', () => {
  const answers = [{ capability: 'market_regime', support: 1, confidence: 1 }];
  const none = medianAnswer('market_regime', answers, 2);
  expect(none).toEqual({ capability: 'market_regime', support: 0, confidence: 0 });
});

test('risk above one half takes of a size, up to a half of it as far as it is sure', () => {
  expect([0, 0.5, 0.75, 1].map((value) => sizeFactorOf(risk(value)))).toEqual([1, 1, 0.75, 0.5]);
  expect(sizeFactorOf(risk(1, 0.5))).toBe(0.75);
});

test('one frightened server of three shrinks no size that the others leave whole', () => {
  const left = (risks: readonly number[]) =>
    medianAnswer(
      'risk_assessment',
      risks.map((value) => ({
        ...{ capability: 'risk_assessment', support: 1 - 2 * value, confidence: 1 },
        sizeFactor: sizeFactorOf(risk(value)),
      })),
      1,
    ).sizeFactor;
  expect(left([1, 0.2, 0.4])).toBe(1);
  expect(left([1, 0.9, 0.4])).toBeCloseTo(0.6, 12);
  expect(left([1])).toBe(0.5);
});
