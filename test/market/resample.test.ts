import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CandleRow, CandleSeries } from '../../src/market/candle-series.js';
import { resample } from '../../src/market/resample.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { hasShared, sharedCandles } from '../shared-data.js';

const MINUTE = 60_000;

/** One-minute candles from minute `first` on; a volume of `undefined` leaves the minute out. */
function minutes(first: number, ...volumes: readonly (number | undefined)[]): CandleSeries {
  const rows = volumes.map((volume, i): CandleRow | undefined => {
    const price = 100 + i;
    return volume === undefined
      ? undefined
      : [(first + i) * MINUTE, price, price + 0.5, price - 0.5, price + 0.25, volume];
  });
  return CandleSeries.from(rows.filter((row) => row !== undefined));
}

describe('resample', () => {
  test('gives first open, highest high, lowest low, last close and summed volume', () => {
    const [candle, ...others] = resample(minutes(0, 1, 2, 3, 4, 5), '1m', '5m');
    expect(candle).toEqual({
      time: 0,
      open: 100,
      high: 104.5,
      low: 99.5,
      close: 104.25,
      volume: 15,
    });
    expect(others).toEqual([]);
  });

  test('leaves out a candle that is still open', () => {
    const series = minutes(0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    expect([...resample(series, '1m', '5m').time]).toEqual([0]);
    expect([...resample(series, '1m', '5m', { asOf: 10 * MINUTE - 1 }).time]).toEqual([0]);
    expect([...resample(series, '1m', '5m', { asOf: 10 * MINUTE }).time]).toEqual([0, 5 * MINUTE]);
  });

  test('leaves out a candle whose start was not seen', () => {
    expect([...resample(minutes(3, 1, 1, 1, 1, 1, 1, 1), '1m', '5m').time]).toEqual([5 * MINUTE]);
  });

  test('skips silent candles where others traded, for every price', () => {
    const [candle] = resample(minutes(0, 0, 2, 0, 3, 0), '1m', '5m');
    expect(candle).toEqual({
      time: 0,
      open: 101,
      high: 103.5,
      low: 100.5,
      close: 103.25,
      volume: 5,
    });
  });

  test('keeps the prices of a bucket in which nothing traded', () => {
    const [candle] = resample(minutes(0, 0, 0, 0, 0, 0), '1m', '5m');
    expect(candle).toEqual({
      time: 0,
      open: 100,
      high: 104.5,
      low: 99.5,
      close: 104.25,
      volume: 0,
    });
  });

  test('a silent bucket does not leak into the trading one after it', () => {
    const [, second] = resample(minutes(0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0), '1m', '5m');
    expect(second).toMatchObject({ open: 106, close: 106.25, volume: 4 });
  });

  test('missing candles stay missing', () => {
    const gap = Array.from({ length: 5 }, () => undefined);
    const series = minutes(0, 1, undefined, 1, 1, 1, ...gap, 1, 1, 1, 1, 1);
    expect([...resample(series, '1m', '5m').time]).toEqual([0, 10 * MINUTE]);
  });

  test('the same timeframe gives the series back; one that does not divide is refused', () => {
    const series = minutes(0, 1, 1);
    expect(resample(series, '1m', '1m')).toBe(series);
    expect([...resample(series, '1m', '1m', { asOf: MINUTE }).time]).toEqual([0]);
    expect(() => resample(series, '3m', '5m')).toThrow('5m is not made of whole candles of 3m');
    expect(resample(CandleSeries.empty(), '1m', '1h').length).toBe(0);
  });

  test('in steps or at once is the same', () => {
    const volume = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(volume, { minLength: 30, maxLength: 90 }), (volumes) => {
        const series = minutes(0, 1, ...volumes);
        const asOf = 91 * MINUTE;
        const stepwise = resample(resample(series, '1m', '5m', { asOf }), '5m', '15m', { asOf });
        expect([...stepwise]).toEqual([...resample(series, '1m', '15m', { asOf })]);
      }),
    );
  });

  test('what comes later changes nothing before', () => {
    const volumes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(volumes, fc.nat(40), (all, cut) => {
        const whole = resample(minutes(0, ...all), '1m', '5m');
        const part = resample(minutes(0, ...all.slice(0, cut)), '1m', '5m');
        expect([...whole].slice(0, part.length)).toEqual([...part]);
      }),
    );
  });
});

describe.skipIf(!hasShared)("the exchange's own candles (skipped without ../shared)", () => {
  test.each(
    (['BTC', 'SOL', 'BIFI'] as const).flatMap((base) =>
      (['15m', '1h', '4h'] as const).map((timeframe): [string, Timeframe] => [base, timeframe]),
    ),
  )('%s: 5m candles resampled to %s meet them in every row', (base, timeframe) => {
    const native = sharedCandles(`binance/${base}-USDT-${timeframe}`);
    const built = resample(sharedCandles(`binance/${base}-USDT-5m`), '5m', timeframe);
    expect(built.length).toBe(native.length);
    for (const field of ['time', 'open', 'high', 'low', 'close'] as const) {
      expect(built[field]).toEqual(native[field]);
    }
    const worst = native.volume.reduce(
      (most, volume, i) => Math.max(most, Math.abs(built.volume[i] - volume) / (volume || 1)),
      0,
    );
    expect(worst).toBeLessThan(1e-9);
  });
});
