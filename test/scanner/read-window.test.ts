import { describe, expect, test } from 'vitest';
import { CandleSeries } from '../../src/market/candle-series.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { ReadWindow, readWindow } from '../../src/scanner/read-window.js';
import { inventMarket } from './invented-market.js';

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
});
