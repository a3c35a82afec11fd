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

test('fewer answers than the quorum are none', () => {
  const answers = [{ capability: 'market_regime', support: 1, confidence: 1 }];
  expect(medianAnswer('market_regime', answers, 2)).toMatchObject({ support: 0, confidence: 0 });
  expect(sizeFactorOf([risk(1)], 2)).toBe(1);
});

test('one frightened server of three shrinks no size that the others leave whole', () => {
  expect(sizeFactorOf([risk(1), risk(0.2), risk(0.4)], 2)).toBe(1);
  expect(sizeFactorOf([risk(1), risk(0.9), risk(0.4)], 2)).toBeCloseTo(0.6, 12);
  expect(sizeFactorOf([risk(1)], 1)).toBe(0.5);
});
