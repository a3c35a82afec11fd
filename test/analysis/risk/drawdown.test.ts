import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawdown, maxDrawdown } from '../../../src/analysis/risk/drawdown.js';

const RETURNS = [0.01, -0.005, 0.02, 0, -0.015, 0.008, 0.012, -0.004];

describe('maxDrawdown', () => {
  it('gives the published value, with starting capital as the first peak', () => {
    const equity = [1];
    for (const r of RETURNS) equity.push(equity[equity.length - 1] * (1 + r));
    expect(equity.at(-1)).toBeCloseTo(1.025843804, 9);
    expect(maxDrawdown(Float64Array.from(equity))).toBeCloseTo(0.015, 12);
    expect(maxDrawdown(Float64Array.of(1, 0.9))).toBeCloseTo(0.1, 12);
  });

  it('is 0 where values never fell, and NaN without values', () => {
    expect(maxDrawdown(Float64Array.of(1, 1, 2))).toBe(0);
    expect(maxDrawdown(new Float64Array(0))).toBeNaN();
  });

  it('does not depend on the scale, and never shrinks as values follow', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(prices, (values) => {
        const column = Float64Array.from(values);
        const deepest = maxDrawdown(column);
        expect(maxDrawdown(column.map((value) => value * 4))).toBe(deepest);
        expect(maxDrawdown(column.subarray(0, -1))).toBeLessThanOrEqual(deepest);
        expect(deepest).toBeGreaterThanOrEqual(0);
        expect(deepest).toBeLessThan(1);
      }),
    );
  });
});

describe('drawdown', () => {
  it('measures every value from the highest before it', () => {
    expect([...drawdown(Float64Array.of(100, 120, 90, 130, 65))]).toEqual([0, 0, 0.25, 0, 0.5]);
  });
});
