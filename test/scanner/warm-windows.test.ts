import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CandleSeries } from '../../src/market/candle-series.js';
import { candleOpen, TIMEFRAMES, type Timeframe, timeframeMs } from '../../src/market/timeframe.js';
import { ReadWindow, readWindow, WarmWindows } from '../../src/scanner/warm-windows.js';
import { candleWindow } from '../../src/scanner/window.js';
import { inventMarket } from './invented-market.js';

const MOMENTS = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });

describe('candleWindow', () => {
  test('holds the limit and at most half as much again, up to the newest closed candle', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TIMEFRAMES),
        fc.integer({ min: 50, max: 600 }),
        MOMENTS,
        (timeframe, limit, asOf) => {
          const { from, count } = candleWindow(timeframe, limit, asOf);
          expect(count).toBeGreaterThanOrEqual(limit);
          expect(count).toBeLessThan(limit + Math.ceil(limit / 2));
          expect(from + count * timeframeMs(timeframe)).toBe(candleOpen(asOf, timeframe));
          expect(candleOpen(from, timeframe)).toBe(from);
        },
      ),
    );
  });

  test('begins where it began before, until it moves on by half its limit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TIMEFRAMES), MOMENTS, (timeframe, asOf) => {
        const span = timeframeMs(timeframe);
        const starts = Array.from(
          { length: 451 },
          (_, i) => candleWindow(timeframe, 300, asOf + i * span).from,
        );
        const moves = starts.flatMap((from, i) => (i > 0 && from !== starts[i - 1] ? [i] : []));
        expect(moves).toHaveLength(3);
        expect(moves[1] - moves[0]).toBe(150);
        expect(starts[moves[0]] - starts[0]).toBe(150 * span);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a window that is kept', () => {
  const series = CandleSeries.from(inventMarket('A/USDT', 9, 120).candles);

  test('refuses a candle that opens off the grid of its timeframe', () => {
    const window = new ReadWindow('5m', 0);
    expect(() => window.read(series)).toThrow(
      expect.objectContaining({
        code: 'bad_data',
        message: expect.stringContaining('row 1: a 5m'),
      }),
    );
  });

  test('goes on only from the candles it has read', () => {
    const windows = new Map<Timeframe, ReadWindow>();
    const windowAfter = (from: number, candles: CandleSeries): ReadWindow | undefined => {
      readWindow(windows, '1m', from, candles);
      return windows.get('1m');
    };
    const first = windowAfter(0, series.slice(0, 100));
    expect(windowAfter(0, series)).toBe(first);
    expect(windowAfter(0, series.slice(1))).not.toBe(first);
    const kept = windowAfter(60_000, series);
    expect(kept).not.toBe(first);
    expect(windowAfter(60_000, series.slice(0, 99))).not.toBe(kept);
  });

  test('is kept for so many symbols, those used last', () => {
    const warm = new WarmWindows(2);
    const [a, b] = [warm.of('A'), warm.of('B')];
    expect(warm.of('A')).toBe(a);
    warm.of('C');
    expect(warm.size).toBe(2);
    expect(warm.of('A')).toBe(a);
    expect(warm.of('B')).not.toBe(b);
  });
});
