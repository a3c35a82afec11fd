import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RidgeRegression } from '../../src/forecast/ridge.js';

const number = fc.double({ min: -3, max: 3, noNaN: true });

describe('RidgeRegression', () => {
  it('recovers a planted plane', () => {
    fc.assert(
      fc.property(
        fc.tuple(number, number, number),
        fc.array(fc.tuple(number, number), { minLength: 12, maxLength: 40 }),
        ([intercept, first, second], extra) => {
          const regression = new RidgeRegression(2);
          const corners: [number, number][] = [
            [1, 0],
            [0, 1],
            [-1, 0],
            [0, -1],
          ];
          for (const [x, y] of [...corners, ...extra]) {
            regression.add(Float64Array.of(x, y), intercept + first * x + second * y);
          }
          const fit = regression.fit(1e-12);
          expect(fit.intercept).toBeCloseTo(intercept, 6);
          expect(fit.weights[0]).toBeCloseTo(first, 6);
          expect(fit.weights[1]).toBeCloseTo(second, 6);
        },
      ),
    );
  });

  it('shrinks weights and leaves the intercept alone', () => {
    const regression = new RidgeRegression(1);
    for (const x of [-1, 1]) regression.add(Float64Array.of(x), 10 + 2 * x);
    const fit = regression.fit(1);
    expect(fit.intercept).toBeCloseTo(10, 12);
    expect(fit.weights[0]).toBeCloseTo(1, 12);
  });

  it('refuses rows that determine nothing', () => {
    const regression = new RidgeRegression(2);
    regression.add(Float64Array.of(1, 1), 1);
    expect(() => regression.fit(0)).toThrow('the rows do not determine the weights');
  });
});
