import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { volumeProfile } from '../../../src/analysis/volume-profile/volume-profile.js';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { hasShared, SHARED } from '../../shared-data.js';

function recordedCandles(file: string): CandleSeries {
  const packed = readFileSync(new URL(`data/ohlcv/${file}`, SHARED));
  const [, ...rows] = gunzipSync(packed).toString('utf8').trimEnd().split('\n');
  return CandleSeries.from(
    rows.map((row) => {
      const [time, open, high, low, close, volume] = row.split(',').map(Number);
      return [time, open, high, low, close, volume] as const;
    }),
  );
}

/** Volume by bin of whole ticks, by definition and in whole numbers of ticks, where no edge is ever missed. */
function binsInTicks(
  { low, high, volume, length }: CandleSeries,
  tick: number,
  ticksPerBin: number,
): Map<number, number> {
  const bins = new Map<number, number>();
  const add = (bin: number, amount: number): void => {
    bins.set(bin, (bins.get(bin) ?? 0) + amount);
  };
  for (let i = 0; i < length; i++) {
    const bottom = Math.round(low[i] / tick);
    const top = Math.round(high[i] / tick);
    const first = Math.floor(bottom / ticksPerBin);
    if (top === bottom) add(first, volume[i]);
    for (let bin = first; top > bottom && bin * ticksPerBin < top; bin++) {
      const overlap = Math.min(top, (bin + 1) * ticksPerBin) - Math.max(bottom, bin * ticksPerBin);
      add(bin, (volume[i] * overlap) / (top - bottom));
    }
  }
  return bins;
}

describe.skipIf(!hasShared)('recorded candles (skipped without the reference data)', () => {
  it.each([
    ['binance/PEPE-USDT-5m.csv.gz', 1e-8, 3],
    ['binance/BTC-USDT-5m.csv.gz', 0.01, 1000],
    ['binance/BIFI-USDT-5m.csv.gz', 0.1, 7],
    ['binanceusdm/ADA-USDT-1m.csv.gz', 0.0001, 1],
  ])('of %s fill the bins that exact ticks give', (file, tick, ticksPerBin) => {
    const candles = recordedCandles(file);
    const binSize = Number((tick * ticksPerBin).toPrecision(12));
    const { price, volume, totalVolume } = volumeProfile(candles, { binSize });
    const expected = binsInTicks(candles, tick, ticksPerBin);
    const first = Math.min(...expected.keys());
    expect(price.length).toBe(Math.max(...expected.keys()) - first + 1);
    expect(price[0] / binSize).toBeCloseTo(first, 6);
    for (let i = 0; i < price.length; i++) {
      const distance = Math.abs(volume[i] - (expected.get(first + i) ?? 0));
      expect(distance).toBeLessThanOrEqual(1e-9 * totalVolume);
      if (!expected.has(first + i)) expect(volume[i]).toBe(0);
    }
  });
});
