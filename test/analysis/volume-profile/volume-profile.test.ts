import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  logVolumeProfile,
  tradeVolumeProfile,
  type VolumeProfile,
  volumeProfile,
} from '../../../src/analysis/volume-profile/volume-profile.js';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { TradeSeries } from '../../../src/market/trade-series.js';
import { arbitraryCandles, mirrored, priceRange } from './arbitrary-candles.js';

type Bar = readonly [low: number, high: number, volume: number];

function candles(bars: readonly Bar[]): CandleSeries {
  return CandleSeries.from(
    bars.map(([low, high, volume], i) => [i * 60_000, low, high, low, high, volume]),
  );
}

const ROWS = [10, 20, 60, 90, 150, 80, 75, 30, 15];
const SINGLE_PRICES = candles(ROWS.map((volume, i): Bar => [100 + i, 100 + i, volume]));

function binsByDefinition(series: CandleSeries, profile: VolumeProfile): number[] {
  const { price, binSize } = profile;
  return Array.from(price, (edge) => {
    let sum = 0;
    for (const { low, high, volume } of series) {
      const overlap = Math.min(high, edge + binSize) - Math.max(low, edge);
      if (high > low && overlap > 0) sum += (volume * overlap) / (high - low);
      if (high === low && low >= edge && low < edge + binSize) sum += volume;
    }
    return sum;
  });
}

function heldShare({ price, volume, valueAreaLow, valueAreaHigh }: VolumeProfile): number {
  let held = 0;
  let total = 0;
  for (let i = 0; i < price.length; i++) {
    total += volume[i];
    if (price[i] >= valueAreaLow && price[i] < valueAreaHigh) held += volume[i];
  }
  return held / total;
}

describe('volumeProfile', () => {
  it('gives the published control point and value area by the two-row rule', () => {
    const profile = volumeProfile(SINGLE_PRICES, { binSize: 1 });
    expect([...profile.price]).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108]);
    expect([...profile.volume]).toEqual(ROWS);
    expect(profile.totalVolume).toBe(530);
    expect(profile.pointOfControl).toBe(104);
    expect([profile.valueAreaLow, profile.valueAreaHigh]).toEqual([102, 107]);
  });

  it('gives the published value area by the one-row rule', () => {
    const profile = volumeProfile(SINGLE_PRICES, { binSize: 1, expansion: 'one-row' });
    expect([profile.valueAreaLow, profile.valueAreaHigh]).toEqual([103, 107]);
  });

  it('spreads a candle over its range in proportion to overlap', () => {
    const profile = volumeProfile(candles([[99.5, 102.25, 11]]), { binSize: 1 });
    expect([...profile.price]).toEqual([99, 100, 101, 102]);
    expect([...profile.volume]).toEqual([2, 4, 4, 1]);
  });

  it('keeps the empty bins between what was traded at exactly 0', () => {
    const profile = volumeProfile(
      candles([
        [0.1, 0.7, 0.3],
        [1.1, 1.9, 1e9],
        [2.8, 3.3, 0.1],
      ]),
      { binSize: 0.1 },
    );
    const between = [...profile.volume].slice(6, 10);
    expect(between).toEqual([0, 0, 0, 0]);
  });

  it('opens a bin at a price on its edge, whatever decimals do in binary, and none where a range ends', () => {
    const { price, volume, valueAreaHigh } = volumeProfile(candles([[0.3, 0.6, 3]]), {
      binSize: 0.1,
    });
    const decimals = (values: ArrayLike<number>): string[] =>
      Array.from(values, (value) => value.toFixed(12));
    expect(decimals(price)).toEqual(decimals([0.3, 0.4, 0.5]));
    expect(decimals(volume)).toEqual(decimals([1, 1, 1]));
    expect(valueAreaHigh).toBeCloseTo(0.6, 12);
  });

  it('puts profiles of different windows on one grid', () => {
    const left = volumeProfile(candles([[10.1, 10.9, 1]]), { binSize: 0.25 });
    const both = volumeProfile(
      candles([
        [10.1, 10.9, 1],
        [13.3, 13.4, 1],
      ]),
      { binSize: 0.25 },
    );
    expect([...both.price].slice(0, left.price.length)).toEqual([...left.price]);
  });

  it('breaks a tie for the control point toward the middle, then downward', () => {
    const tie = (rows: readonly number[]): number =>
      volumeProfile(candles(rows.map((volume, i): Bar => [100 + i, 100 + i, volume])), {
        binSize: 1,
      }).pointOfControl;
    expect(tie([5, 1, 5, 1, 1])).toBe(102);
    expect(tie([1, 5, 1, 5, 1])).toBe(101);
    expect(tie([0, 5, 5, 0])).toBe(101);
  });

  it('takes equal rows for equal although spreading rounds them', () => {
    const profile = volumeProfile(candles([[100, 107, 1]]), { binSize: 1 });
    expect(profile.pointOfControl).toBe(103);
    expect([profile.valueAreaLow, profile.valueAreaHigh]).toEqual([101, 106]);
  });

  it('adds bins up to the volume of the candles, and leaves no bin negative', () => {
    fc.assert(
      fc.property(
        arbitraryCandles,
        fc.double({ min: 1e-4, max: 3, noNaN: true }),
        (series, part) => {
          const { middle, height } = priceRange(series);
          const profile = volumeProfile(series, { binSize: part * (height || middle) });
          const volume = series.volume.reduce((sum, value) => sum + value, 0);
          const bins = profile.volume.reduce((sum, value) => sum + value, 0);
          expect(Math.abs(bins - volume)).toBeLessThanOrEqual(1e-9 * volume);
          expect(profile.totalVolume).toBe(volume);
          expect(profile.volume.every((value) => value >= 0)).toBe(true);
        },
      ),
    );
  });

  it('agrees with the definition, bin by bin', () => {
    // Sizes with few binary digits: the definition, too, meets every edge exactly then.
    fc.assert(
      fc.property(arbitraryCandles, fc.integer({ min: 1, max: 500 }), (series, part) => {
        const binSize = (2 ** Math.floor(Math.log2(series.low[0])) * part) / 1024;
        const profile = volumeProfile(series, { binSize });
        const expected = binsByDefinition(series, profile);
        for (let i = 0; i < expected.length; i++) {
          expect(Math.abs(profile.volume[i] - expected[i])).toBeLessThanOrEqual(
            1e-9 * profile.totalVolume,
          );
        }
      }),
    );
  });

  it('holds the asked share in the value area, around the control point', () => {
    fc.assert(
      fc.property(
        arbitraryCandles.filter(({ volume }) => volume.some((value) => value > 0)),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.constantFrom('one-row' as const, 'two-row' as const),
        (series, valueArea, expansion) => {
          const { middle, height } = priceRange(series);
          const binSize = (height || middle) / 40;
          const profile = volumeProfile(series, { binSize, valueArea, expansion });
          expect(heldShare(profile)).toBeGreaterThanOrEqual(valueArea - 1e-9);
          expect(profile.valueAreaLow).toBeLessThanOrEqual(profile.pointOfControl);
          expect(profile.valueAreaHigh).toBeGreaterThan(profile.pointOfControl);
        },
      ),
    );
  });

  it('scales with the price: doubling every price and the bin doubles every edge and no volume', () => {
    fc.assert(
      fc.property(arbitraryCandles, (series) => {
        const { middle, height } = priceRange(series);
        const binSize = (height || middle) / 30;
        const doubled = CandleSeries.from(
          [...series].map(({ time, open, high, low, close, volume }) => ({
            time,
            open: open * 2,
            high: high * 2,
            low: low * 2,
            close: close * 2,
            volume,
          })),
        );
        const single = volumeProfile(series, { binSize });
        const double = volumeProfile(doubled, { binSize: binSize * 2 });
        expect(double.volume).toEqual(single.volume);
        expect(double.price).toEqual(single.price.map((edge) => edge * 2));
        expect(double.highVolumeNodes).toEqual(single.highVolumeNodes.map((edge) => edge * 2));
      }),
    );
  });

  it('has no bins without candles', () => {
    const profile = volumeProfile(CandleSeries.empty(), { binSize: 1 });
    expect(profile.price).toHaveLength(0);
    expect(profile.totalVolume).toBe(0);
    expect(profile.pointOfControl).toBeNaN();
  });

  it('has neither control point nor value area when nothing was traded', () => {
    const profile = volumeProfile(candles([[100, 103, 0]]), { binSize: 1 });
    expect([...profile.volume]).toEqual([0, 0, 0]);
    expect(profile.pointOfControl).toBeNaN();
    expect(profile.valueAreaLow).toBeNaN();
    expect(profile.valueAreaHigh).toBeNaN();
    expect(profile.highVolumeNodes).toEqual([]);
  });

  it.each([
    [{ binSize: 0 }, 'binSize must be finite and above 0, was 0'],
    [{ binSize: Number.NaN }, 'binSize must be finite and above 0, was NaN'],
    [{ binSize: 1e-9 }, 'binSize must give at most 1000000 bins, was 1e-9 over a range of 8'],
    [{ binSize: 1e-320 }, 'binSize must give at most 1000000 bins'],
    [{ binSize: 1, valueArea: 70 }, 'valueArea must be above 0 and at most 1, was 70'],
    [
      { binSize: 1, expansion: 'three-row' as 'two-row' },
      `expansion must be 'one-row' or 'two-row', was "three-row"`,
    ],
  ])('refuses %o', (options, message) => {
    expect(() => volumeProfile(SINGLE_PRICES, options)).toThrow(message);
    expect(() => volumeProfile(SINGLE_PRICES, options)).toThrow(
      expect.objectContaining({ code: 'config' }),
    );
  });

  it('refuses volumes too large to add up', () => {
    const absurd = candles([
      [1, 2, 1e308],
      [1, 2, 1e308],
    ]);
    expect(() => volumeProfile(absurd, { binSize: 1 })).toThrow(
      expect.objectContaining({ code: 'bad_data' }),
    );
  });
});

describe('tradeVolumeProfile', () => {
  it('puts each trade in the bin of its price', () => {
    const trades = TradeSeries.from([
      { time: 0, price: 100.2, amount: 1, side: 'buy' },
      { time: 1, price: 101, amount: 2, side: 'sell' },
      { time: 2, price: 100.9, amount: 4, side: 'buy' },
    ]);
    const profile = tradeVolumeProfile(trades, { binSize: 1 });
    expect([...profile.price]).toEqual([100, 101]);
    expect([...profile.volume]).toEqual([5, 2]);
  });
});

describe('logVolumeProfile', () => {
  it('centres a bin on the first close and makes every bin the same fraction of its price', () => {
    const profile = logVolumeProfile(candles([[90, 100, 5]]), { binSize: 0.02 });
    const last = profile.price.length - 1;
    expect(profile.price[last] * Math.exp(0.01)).toBeCloseTo(100, 10);
    for (let i = 1; i <= last; i++) {
      expect(profile.price[i] / profile.price[i - 1]).toBeCloseTo(Math.exp(0.02), 12);
    }
    expect(profile.volume.reduce((sum, value) => sum + value, 0)).toBeCloseTo(5, 9);
  });

  it('has the same shape at every scale of price', () => {
    fc.assert(
      fc.property(arbitraryCandles, fc.integer({ min: -30, max: 30 }), (series, exponent) => {
        const factor = 2 ** exponent;
        const scaled = CandleSeries.from(
          [...series].map((candle) => ({
            time: candle.time,
            open: candle.open * factor,
            high: candle.high * factor,
            low: candle.low * factor,
            close: candle.close * factor,
            volume: candle.volume,
          })),
        );
        const profile = logVolumeProfile(series, { binSize: 0.003 });
        const other = logVolumeProfile(scaled, { binSize: 0.003 });
        expect(other.volume).toEqual(profile.volume);
        expect(other.price).toEqual(profile.price.map((edge) => edge * factor));
      }),
    );
  });

  it('mirrors with the market', () => {
    fc.assert(
      fc.property(arbitraryCandles, (series) => {
        const binSize = 0.0037;
        const profile = logVolumeProfile(series, { binSize });
        const mirror = logVolumeProfile(mirrored(series, 500), { binSize });
        expect(mirror.volume.length).toBe(profile.volume.length);
        const reversed = Float64Array.from(mirror.volume).reverse();
        for (let i = 0; i < reversed.length; i++) {
          expect(Math.abs(reversed[i] - profile.volume[i])).toBeLessThanOrEqual(
            1e-9 * profile.totalVolume,
          );
        }
        const middles = ({ price }: VolumeProfile): number[] =>
          Array.from(price, (edge) => edge * Math.exp(binSize / 2));
        const inverted = middles(mirror).reverse();
        middles(profile).forEach((middle, i) => {
          expect(inverted[i]).toBeCloseTo((500 * 500) / middle, 6);
        });
      }),
    );
  });
});
