import fc from 'fast-check';
import { CandleSeries } from '../../../src/market/candle-series.js';

/** Candles of any price level, some without range and some without volume. */
export const arbitraryCandles: fc.Arbitrary<CandleSeries> = fc
  .tuple(
    fc.integer({ min: -12, max: 12 }),
    fc.array(
      fc.record({
        prices: fc.array(fc.integer({ min: 900, max: 1100 }), { minLength: 4, maxLength: 4 }),
        isFlat: fc.boolean(),
        volume: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
      }),
      { minLength: 1, maxLength: 60 },
    ),
  )
  .map(([exponent, rows]) =>
    CandleSeries.from(
      rows.map(({ prices, isFlat, volume }, i) => {
        const scaled = prices.map((price) => (isFlat ? prices[0] : price) * 2 ** exponent);
        return {
          time: i * 60_000,
          open: scaled[0],
          high: Math.max(...scaled),
          low: Math.min(...scaled),
          close: scaled[3],
          volume,
        };
      }),
    ),
  );

/** The middle of the candles' range and its height, for choosing bin sizes that make sense. */
export function priceRange({ low, high }: CandleSeries): { middle: number; height: number } {
  const bottom = Math.min(...low);
  const top = Math.max(...high);
  return { middle: (bottom + top) / 2, height: top - bottom };
}

/** The same market with its price inverted about `centre`: every fall a rise. */
export function mirrored(candles: CandleSeries, centre: number): CandleSeries {
  const inverted = (price: number): number => (centre * centre) / price;
  return CandleSeries.fromColumns({
    time: candles.time,
    open: candles.open.map(inverted),
    high: candles.low.map(inverted),
    low: candles.high.map(inverted),
    close: candles.close.map(inverted),
    volume: candles.volume,
  });
}
