import fc from 'fast-check';
import { linearRegression, sampleStandardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { regressionSlope, standardDeviation } from '../../src/analysis/statistics.js';

const column = (minLength: number) =>
  fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength, maxLength: 40 });

describe('standardDeviation', () => {
  it('agrees with simple-statistics', () => {
    fc.assert(
      fc.property(column(2), (values) => {
        const expected = sampleStandardDeviation(values);
        expect(standardDeviation(Float64Array.from(values))).toBeCloseTo(expected, 9);
      }),
    );
  });

  it('keeps a small spread far from zero', () => {
    expect(standardDeviation(Float64Array.of(1e9, 1e9 + 1, 1e9 + 2))).toBe(1);
  });

  it('is not a number from fewer than two values, and 0 of equal ones', () => {
    expect(standardDeviation(Float64Array.of(3))).toBeNaN();
    expect(standardDeviation(Float64Array.of(0.1, 0.1, 0.1))).toBe(0);
  });
});

describe('regressionSlope', () => {
  it('agrees with simple-statistics', () => {
    fc.assert(
      fc.property(column(3), column(3), (y, noise) => {
        const x = y.map((_, i) => i + Math.abs(noise[i % noise.length]) / 1e4);
        const { m } = linearRegression(x.map((value, i) => [value, y[i]]));
        const slope = regressionSlope({ x: Float64Array.from(x), y: Float64Array.from(y) });
        expect(Math.abs(slope - m)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(m)));
      }),
    );
  });

  it('is not a number when all points lie at one place, or there are none', () => {
    const line = (x: number[], y: number[]) =>
      regressionSlope({ x: Float64Array.from(x), y: Float64Array.from(y) });
    expect(line([2, 2], [1, 3])).toBeNaN();
    expect(line([0.1, 0.1, 0.1], [1, 3, 5])).toBeNaN();
    expect(line([], [])).toBeNaN();
    expect(line([0, 1, 2], [5, 3, 1])).toBe(-2);
  });
});
