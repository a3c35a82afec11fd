import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyVerdict, boundedVerdict } from '../../src/scoring/ai-adjustment.js';
import { exactMicroPoints } from '../../src/scoring/ledger.js';
import type { MarketSignal } from '../../src/scoring/signal.js';

function signalOf(microPoints: number): MarketSignal {
  const score = microPoints / 1e6;
  const absent = { ai: 'none', aiEnhancedScore: 'none', opportunity: 'none' };
  const ledger = [{ kind: 'factor', id: 'all', microPoints, reason: 'all' }];
  return { score, baseScore: score, absent, ledger } as unknown as MarketSignal;
}

const BASES = fc.integer({ min: 0, max: 1e6 }).map(exactMicroPoints);
const ANYTHING = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity),
  fc.anything(),
);

describe('a verdict', () => {
  test('whatever it holds, moves the score within bounds and keeps the ledger exact', () => {
    fc.assert(
      fc.property(
        BASES,
        fc.record({ adjustment: ANYTHING, confidence: ANYTHING, rationale: ANYTHING }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (base, answer, most) => {
          const verdict = boundedVerdict(answer);
          if (verdict === undefined) return;
          const signal = applyVerdict(signalOf(base), verdict, 'ai', most);
          expect(signal.score).toBeGreaterThanOrEqual(0);
          expect(signal.score).toBeLessThanOrEqual(1);
          expect(Math.abs(signal.score - signal.baseScore)).toBeLessThanOrEqual(most + 1e-12);
          expect(signal.ledger.reduce((sum, { microPoints }) => sum + microPoints, 0)).toBe(
            signal.score * 1e6,
          );
          expect(signal.absent).toEqual({ opportunity: 'none' });
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [0.5, 1, 0.55],
    [-1, 1, 0.4],
    [1, 0.5, 0.55],
    [0, 1, 0.5],
    [9, 9, 0.6],
  ])('adjustment %d at confidence %d makes %d of 0.5', (adjustment, confidence, score) => {
    const verdict = boundedVerdict({ adjustment, confidence, rationale: '' });
    expect(verdict && applyVerdict(signalOf(5e5), verdict, 'ai', 0.1).score).toBeCloseTo(score, 5);
  });

  test('is text on one line, cut, without control characters', () => {
    const rationale = `up\n\u001b[31m\u202Edown${'x'.repeat(500)}`;
    const verdict = boundedVerdict({ adjustment: 0, confidence: 0, rationale });
    expect(verdict?.rationale).toBe(`up [31m down${'x'.repeat(148)}`);
  });

  test.each([[null], ['yes'], [{}], [{ adjustment: '1', confidence: 1 }], [{ adjustment: 1 }]])(
    'that is %j is none',
    (answer) => {
      expect(boundedVerdict(answer)).toBeUndefined();
    },
  );
});
