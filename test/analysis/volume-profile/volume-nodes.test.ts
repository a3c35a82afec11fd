import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { volumeNodes } from '../../../src/analysis/volume-profile/volume-nodes.js';

const nodes = (...rows: number[]) => volumeNodes(Float64Array.from(rows), Math.max(0, ...rows));

describe('volumeNodes', () => {
  it('finds two peaks and the dip between them', () => {
    expect(nodes(1, 5, 10, 5, 1, 0, 1, 4, 8, 4, 1)).toEqual({ high: [2, 8], low: [5] });
  });

  it('passes over ripples below a tenth of the highest row', () => {
    expect(nodes(10, 50, 100, 70, 73, 50, 10)).toEqual({ high: [2], low: [] });
  });

  it('sees a peak at either end of the profile', () => {
    expect(nodes(10, 6, 0, 0, 0, 6, 10)).toEqual({ high: [0, 6], low: [3] });
  });

  it('stands on the middle of a flat peak or dip', () => {
    expect(nodes(9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9)).toEqual({ high: [2, 12], low: [7] });
  });

  it('finds nothing where nothing was traded', () => {
    expect(nodes(0, 0, 0)).toEqual({ high: [], low: [] });
    expect(nodes()).toEqual({ high: [], low: [] });
  });

  it('puts every dip between two peaks', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 80 }), (rows) => {
        const { high, low } = nodes(...rows);
        if (rows.some((row) => row > 0)) expect(high.length).toBe(low.length + 1);
        low.forEach((row, i) => {
          expect(row).toBeGreaterThan(high[i]);
          expect(row).toBeLessThan(high[i + 1]);
        });
      }),
    );
  });

  it('finds the mirrored rows in the mirrored profile', () => {
    // A flat stretch of an even number of rows has no middle row, so its node cannot mirror.
    const smoothed = (rows: number[], i: number): number =>
      (rows[i - 1] ?? 0) + 2 * rows[i] + (rows[i + 1] ?? 0);
    const noFlats = fc
      .array(fc.nat(100_000), { minLength: 1, maxLength: 60 })
      .filter((rows) =>
        rows.every((_, i) => i === 0 || smoothed(rows, i) !== smoothed(rows, i - 1)),
      );
    fc.assert(
      fc.property(noFlats, (rows) => {
        const forward = nodes(...rows);
        const backward = nodes(...rows.toReversed());
        const turned = (list: readonly number[]): number[] =>
          list.map((row) => rows.length - 1 - row).reverse();
        expect(backward.high.length).toBe(forward.high.length);
        expect(turned(backward.high)).toEqual(forward.high);
        expect(turned(backward.low)).toEqual(forward.low);
      }),
    );
  });
});
