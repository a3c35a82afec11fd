import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceTicks } from '../../../src/report/page/nice-ticks.js';

describe('niceTicks', () => {
  it.each([
    [5700, 13_076, [4000, 6000, 8000, 10_000, 12_000, 14_000]],
    [-0.564, 0, [-0.6, -0.4, -0.2, 0]],
    [-129, 175, [-200, -100, 0, 100, 200]],
    [0, 0, [0, 0.2]],
  ])('from %d to %d are round numbers', (lowest, highest, expected) => {
    const ticks = niceTicks(lowest, highest);
    expect(ticks.map((tick) => Number(tick.toPrecision(6)))).toEqual(expected);
  });

  it('span all values, in few equal steps', () => {
    const values = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [lowest, highest] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(highest - lowest > 1e-6);
        const ticks = niceTicks(lowest, highest);
        const slack = 1e-9 * (highest - lowest);
        expect(ticks[0]).toBeLessThanOrEqual(lowest + slack);
        expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(highest - slack);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
