import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { candleSeries, mapCandles } from '../candle-arbitrary.js';
import { EVERY_INDICATOR } from './every-indicator.js';

const busy = CandleSeries.from(
  Array.from({ length: 120 }, (_, i) => {
    const close = 100 + 7 * Math.sin(i / 3) + 3 * Math.cos(i * 1.7);
    return [i * 60_000, 100, 115, 85, close, 10 + (i % 7)] as const;
  }),
);

describe.each(EVERY_INDICATOR)('$name', ({ lookback, unit, batch, stream }) => {
  it('gives the same bits candle by candle as over a column', () => {
    fc.assert(
      fc.property(candleSeries(0, 130), (candles) => {
        expect(stream(candles)).toEqual(batch(candles));
      }),
      { numRuns: 25 },
    );
  });

  it('gives the same bits over a column longer than a block', () => {
    const long = CandleSeries.from(
      Array.from({ length: 1_100 }, (_, i) => {
        const close = 100 + 7 * Math.sin(i / 3) + 3 * Math.cos(i * 1.7);
        return [i * 60_000, 100, 115, 85, close, 10 + (i % 7)] as const;
      }),
    );
    expect(stream(long)).toEqual(batch(long));
  });

  it('is NaN for exactly its lookback, and as long as its input', () => {
    for (const [line, column] of Object.entries(batch(busy))) {
      expect(column).toHaveLength(busy.length);
      expect([line, column.findIndex((value) => !Number.isNaN(value))]).toEqual([line, lookback]);
      expect(column.subarray(lookback).every(Number.isFinite)).toBe(true);
    }
  });

  it('takes an empty series and a series of one candle', () => {
    for (const length of [0, 1]) {
      for (const column of Object.values(batch(busy.slice(0, length)))) {
        expect(column).toHaveLength(length);
      }
    }
  });

  it('reads a prefix as if the rest did not exist', () => {
    const part = batch(busy.slice(0, 77));
    for (const [line, column] of Object.entries(batch(busy))) {
      expect(part[line]).toEqual(column.subarray(0, 77));
    }
  });

  it('carries a power of two in the price through to the last bit', () => {
    fc.assert(
      fc.property(
        candleSeries(60, 130),
        fc.constantFrom(-60, -20, -1, 1, 20, 60),
        (candles, exponent) => {
          const scale = 2 ** exponent;
          const scaled = batch(
            mapCandles(candles, ({ open, high, low, close, volume }) => ({
              open: open * scale,
              high: high * scale,
              low: low * scale,
              close: close * scale,
              volume,
            })),
          );
          for (const [line, column] of Object.entries(batch(candles))) {
            expect(scaled[line]).toEqual(column.map((v) => (unit === 'price' ? v * scale : v)));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is finite again once a market that stood still, or did not trade, moves on', () => {
    const rows = [...busy];
    const still = rows.slice(0, 90).map((candle, i) => ({
      ...candle,
      ...(i >= 5 ? { open: 100, high: 100, low: 100, close: 100, volume: 0 } : {}),
    }));
    const moving = rows.map((candle) => ({ ...candle, time: candle.time + 90 * 60_000 }));
    for (const column of Object.values(batch(CandleSeries.from([...still, ...moving])))) {
      expect(column.subarray(90 + lookback + 1).every(Number.isFinite)).toBe(true);
      expect(column.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
    }
  });
});
