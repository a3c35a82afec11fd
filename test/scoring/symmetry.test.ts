import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Judgement } from '../../src/scoring/judgement.js';
import { anyRawMarket, inputOf, mirrored, type RawMarket, scaled } from './random-market.js';

const OPPOSITE = { long: 'short', short: 'long', neutral: 'neutral' } as const;

// A logarithm of a price and of its inverse differ in the last bit, and a score is a whole number of micro-points.
const A_FEW_MICRO_POINTS = 20e-6;

function judge(raw: RawMarket): Judgement {
  return new Judgement(inputOf(raw));
}

describe('a market seen upside down', () => {
  it('swaps long and short and keeps score and confidence', () => {
    fc.assert(
      fc.property(anyRawMarket, (raw) => {
        const here = judge(raw);
        const there = judge(mirrored(raw));
        expect(there.composite.bias).toBeCloseTo(0 - here.composite.bias, 9);
        expect(there.composite.confidence).toBeCloseTo(here.composite.confidence, 9);
        expect(there.composite.coverage).toBe(here.composite.coverage);
        expect(Math.abs(there.score - here.score)).toBeLessThanOrEqual(A_FEW_MICRO_POINTS);
        if (here.score > A_FEW_MICRO_POINTS) {
          expect(there.direction).toBe(OPPOSITE[here.direction]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a market at another price', () => {
  it.each([2 ** -20, 1e-6, 1000])('scores the same with every price times %f', (factor) => {
    fc.assert(
      fc.property(anyRawMarket, (raw) => {
        const here = judge(raw);
        const there = judge(scaled(raw, factor));
        expect(there.direction).toBe(here.direction);
        expect(Math.abs(there.score - here.score)).toBeLessThanOrEqual(A_FEW_MICRO_POINTS);
      }),
      { numRuns: 30 },
    );
  });
});
