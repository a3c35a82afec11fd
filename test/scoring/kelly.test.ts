import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kellyFraction, quarterKelly } from '../../src/scoring/kelly.js';

describe('kellyFraction', () => {
  it('risks 0.40 on a chance of 0.6 with a stop of 5% and a target of 10%', () => {
    const risk = kellyFraction(0.6, 0.1 / 0.05);
    expect(risk).toBeCloseTo(0.4, 15);
    // As a share of notional the same bet is p / stop - (1 - p) / target.
    expect(risk / 0.05).toBeCloseTo(0.6 / 0.05 - 0.4 / 0.1, 12);
    expect(quarterKelly(0.6, 2)).toBeCloseTo(0.1, 15);
  });

  it('takes no bet without an edge', () => {
    expect(kellyFraction(1 / 3, 2)).toBeCloseTo(0, 15);
    expect(kellyFraction(0.3, 2)).toBe(0);
    expect(kellyFraction(0.9, 0)).toBe(0);
    expect(kellyFraction(0.9, -1)).toBe(0);
  });

  it('grows with the reward: a farther target at the same chance is never worth less', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    const ratio = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(chance, ratio, ratio, (p, a, b) => {
        expect(kellyFraction(p, Math.max(a, b))).toBeGreaterThanOrEqual(
          kellyFraction(p, Math.min(a, b)),
        );
      }),
    );
  });
});
