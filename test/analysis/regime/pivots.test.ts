import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pivots } from '../../../src/analysis/regime/pivots.js';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { candleSeries } from '../candle-arbitrary.js';
import { drawn, mirrored, path, randomWalk, scaled } from './planted-markets.js';

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

describe('pivots', () => {
  it('finds the corners of a path, and knows each only after the market has turned', () => {
    const corners = [0, 20, 45, 60, 75];
    const found = pivots(drawn(path([0, 8], [20, 0], [45, 20], [60, 12], [75, 20], [85, 14])));
    expect(found.map(({ kind }) => kind)).toEqual(['high', 'low', 'high', 'low', 'high']);
    for (const [i, { index, confirmedAt }] of found.entries()) {
      expect(Math.abs(index - corners[i])).toBeLessThanOrEqual(1);
      expect(confirmedAt - index).toBeGreaterThan(1);
    }
  });

  it('never repaints: of a shorter history the same pivots are known, those confirmed by then', () => {
    for (const seed of SEEDS) {
      const candles = randomWalk(seed);
      const all = pivots(candles);
      for (const length of [15, 50, 120, 211, 299]) {
        const known = all.filter(({ confirmedAt }) => confirmedAt < length);
        expect(pivots(candles.slice(0, length))).toEqual(known);
      }
    }
  });

  it('alternates, in order, on the extreme candle between its neighbours', () => {
    fc.assert(
      fc.property(candleSeries(0, 200), (candles) => {
        const found = pivots(candles);
        for (let i = 1; i < found.length; i++) {
          const [before, pivot] = [found[i - 1], found[i]];
          expect(pivot.kind).not.toBe(before.kind);
          expect(pivot.index).toBeGreaterThanOrEqual(before.index);
          expect(pivot.confirmedAt).toBeGreaterThan(before.confirmedAt);
          const column = pivot.kind === 'high' ? candles.high : candles.low;
          const start = Math.min(before.index + 1, before.confirmedAt);
          const between = column.subarray(start, pivot.confirmedAt + 1);
          const extreme = pivot.kind === 'high' ? Math.max(...between) : Math.min(...between);
          expect(pivot.price).toBe(extreme);
          expect(pivot.time).toBe(candles.time[pivot.index]);
        }
      }),
    );
  });

  it('turns highs and lows over in a mirrored market, and ignores the scale of prices', () => {
    for (const seed of SEEDS) {
      const candles = randomWalk(seed);
      const turns = pivots(candles).map(({ kind, index, confirmedAt }) => [
        kind,
        index,
        confirmedAt,
      ]);
      const reflected = pivots(mirrored(candles)).map(({ kind, index, confirmedAt }) => [
        kind === 'high' ? 'low' : 'high',
        index,
        confirmedAt,
      ]);
      expect(reflected).toEqual(turns);
      expect(pivots(scaled(candles, 2 ** 9))).toEqual(
        pivots(candles).map((pivot) => ({ ...pivot, price: pivot.price * 2 ** 9 })),
      );
    }
  });

  it('turns less often when a turn must be larger', () => {
    const candles = randomWalk(3, 1000);
    expect(pivots(candles, { reversal: 5 }).length).toBeLessThan(pivots(candles).length / 2);
  });

  it('finds none in a flat or empty series, and refuses a turn of no size', () => {
    const flat = Array.from({ length: 100 }, (_, i) => [i * 60_000, 5, 5, 5, 5, 1] as const);
    expect(pivots(CandleSeries.from(flat))).toEqual([]);
    expect(pivots(CandleSeries.empty())).toEqual([]);
    expect(() => pivots(CandleSeries.empty(), { reversal: 0 })).toThrow(
      'reversal must be finite and above 0, was 0',
    );
  });
});
