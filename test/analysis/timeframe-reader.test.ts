import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adx } from '../../src/analysis/indicators/adx.js';
import { linearSlope } from '../../src/analysis/indicators/linear-slope.js';
import { rsi } from '../../src/analysis/indicators/rsi.js';
import {
  readTimeframe,
  TimeframeReader,
  type TimeframeReadings,
} from '../../src/analysis/timeframe-reader.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import { candleSeries, mapCandles } from './candle-arbitrary.js';

const MIRRORED_AROUND_50 = new Set<string>(['rsi', 'stochasticK', 'stochasticD']);
const SIGNED = new Set<string>([
  ...['macd', 'macdSignal', 'macdHistogram', 'bandPosition', 'vwapDistance', 'volumeFlow', 'roc'],
  ...['emaDistance20', 'emaDistance50', 'emaDistance200', 'slope', 'slopeT', 'trendStrength'],
  'efficiency',
]);

/** What the readings of a market's mirror image have to be. */
function mirrored(readings: TimeframeReadings): Record<string, number> {
  const entries = Object.entries(readings).map(([name, value]) => {
    if (MIRRORED_AROUND_50.has(name)) return [name, 100 - value];
    return [name, SIGNED.has(name) ? -value : value];
  });
  const image = Object.fromEntries(entries) as Record<string, number>;
  return { ...image, plusDi: readings.minusDi, minusDi: readings.plusDi };
}

function expectClose(actual: TimeframeReadings, expected: Record<string, number>): void {
  const { time, close, ...readings } = actual;
  for (const [name, value] of Object.entries(readings)) {
    const slack = 1e-9 * Math.max(1, Math.abs(expected[name]));
    const met = Number.isNaN(value)
      ? Number.isNaN(expected[name])
      : Math.abs(value - expected[name]) <= slack;
    if (!met) expect([name, value]).toEqual([name, expected[name]]);
  }
}

describe('TimeframeReader', () => {
  it('fed candle by candle agrees bit for bit with one that reads the whole series', () => {
    fc.assert(
      fc.property(candleSeries(1, 260), fc.nat(), (candles, cut) => {
        const warm = new TimeframeReader();
        const known = cut % candles.length;
        warm.read(candles.slice(0, known));
        for (const candle of candles.slice(known)) warm.next(candle);
        const resumed = new TimeframeReader();
        resumed.read(candles.slice(0, known));
        resumed.read(candles, known);
        expect(warm.readings).toEqual(readTimeframe(candles));
        expect(resumed.readings).toEqual(readTimeframe(candles));
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same bits however a series is cut into blocks', () => {
    const cuts = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(candleSeries(1, 260), cuts, (candles, cuts) => {
        const reader = new TimeframeReader();
        const ends = cuts.map((cut) => cut % candles.length).sort((a, b) => a - b);
        for (const end of [...ends, candles.length]) {
          reader.read(candles.slice(0, end), reader.readings.count);
        }
        expect(reader.readings).toEqual(readTimeframe(candles));
      }),
      { numRuns: 50 },
    );
  });

  it('reads more candles than a block holds as one series', () => {
    const rows = Array.from({ length: 1_300 }, (_, i) => {
      const close = 100 + 9 * Math.sin(i / 9) + 2 * Math.cos(i * 2.3);
      return [i * 60_000, close, close * 1.01, close * 0.98, close, 5 + (i % 11)] as const;
    });
    const candles = CandleSeries.from(rows);
    const stepped = new TimeframeReader();
    for (const candle of candles) stepped.next(candle);
    expect(readTimeframe(candles)).toEqual(stepped.readings);
  });

  it('reads the mirror image of a market as the mirror image of its readings', () => {
    fc.assert(
      fc.property(candleSeries(1, 260), (candles) => {
        const around = candles.close[0] ** 2;
        const image = mapCandles(candles, ({ open, high, low, close, volume }) => ({
          open: around / open,
          high: around / low,
          low: around / high,
          close: around / close,
          volume,
        }));
        expectClose(readTimeframe(image), mirrored(readTimeframe(candles)));
      }),
      { numRuns: 100 },
    );
  });

  it('does not see the scale of prices, nor of volumes', () => {
    fc.assert(
      fc.property(candleSeries(1, 260), fc.constantFrom(1e-6, 0.3, 1e5), (candles, scale) => {
        const scaled = mapCandles(candles, ({ open, high, low, close, volume }) => ({
          open: open * scale,
          high: high * scale,
          low: low * scale,
          close: close * scale,
          volume: volume * 8,
        }));
        expectClose(readTimeframe(scaled), { ...readTimeframe(candles) });
      }),
      { numRuns: 50 },
    );
  });

  it('composes the published indicators over logarithms of price', () => {
    const rows = Array.from({ length: 250 }, (_, i) => {
      const close = 100 + 9 * Math.sin(i / 9) + 2 * Math.cos(i * 2.3);
      return [i * 60_000, close, close * 1.01, close * 0.98, close, 5 + (i % 11)] as const;
    });
    const candles = CandleSeries.from(rows);
    const log = candles.close.map((price) => Math.log(price / candles.close[0]));
    const shifted = mapCandles(candles, ({ volume, ...prices }) => ({
      open: 10 + Math.log(prices.open),
      high: 10 + Math.log(prices.high),
      low: 10 + Math.log(prices.low),
      close: 10 + Math.log(prices.close),
      volume,
    }));
    const readings = readTimeframe(candles);
    expect(readings).toMatchObject({ count: 250, time: 249 * 60_000, close: rows[249][4] });
    expect(readings.rsi).toBe(rsi(log).at(-1));
    expect(readings.slope).toBe(linearSlope(log).at(-1));
    expect(readings.adx).toBeCloseTo(adx(shifted).adx[249], 9);
    expect(readings.roc).toBeCloseTo(Math.log(candles.close[249] / candles.close[239]), 12);
  });

  it('is complete after 200 candles, and every value is finite', () => {
    const candles = CandleSeries.from(
      Array.from({ length: 200 }, (_, i) => {
        const close = 50 + (i % 13);
        return [i * 60_000, close, close + 1, close - 1, close, 1 + (i % 3)] as const;
      }),
    );
    expect(Object.values(readTimeframe(candles)).filter((v) => !Number.isFinite(v))).toEqual([]);
    const short = readTimeframe(candles.slice(0, 199));
    expect(Object.entries(short).filter(([, v]) => Number.isNaN(v))).toEqual([
      ['emaDistance200', Number.NaN],
    ]);
  });

  it('has an opinion of a market that never moved, except on volume that never was', () => {
    const flat = CandleSeries.from(
      Array.from({ length: 250 }, (_, i) => [i * 60_000, 3, 3, 3, 3, 0] as const),
    );
    const { rsi, stochasticK, adx, bandPosition, slopeT, trendStrength, efficiency, ...rest } =
      readTimeframe(flat);
    expect({ rsi, stochasticK, adx, bandPosition, slopeT, trendStrength, efficiency }).toEqual({
      ...{ rsi: 50, stochasticK: 50, adx: 0, bandPosition: 0 },
      ...{ slopeT: 0, trendStrength: 0, efficiency: 0 },
    });
    const missing = Object.entries(rest).filter(([, value]) => Number.isNaN(value));
    expect(missing.map(([name]) => name)).toEqual(['vwapDistance', 'volumeFlow', 'relativeVolume']);
  });

  it('gives a live view, and a snapshot that later candles leave alone', () => {
    const reader = new TimeframeReader();
    const view = reader.readings;
    reader.next({ time: 0, open: 1, high: 2, low: 1, close: 2, volume: 1 });
    const snapshot = reader.snapshot();
    reader.next({ time: 1, open: 2, high: 3, low: 2, close: 3, volume: 1 });
    expect(view.close).toBe(3);
    expect(snapshot).toMatchObject({ count: 1, close: 2 });
  });

  it('has read nothing before its first candle', () => {
    const { count, ...rest } = new TimeframeReader().readings;
    expect(count).toBe(0);
    expect(Object.values(rest).every(Number.isNaN)).toBe(true);
  });
});
