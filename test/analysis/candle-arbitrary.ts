import fc from 'fast-check';
import { CandleSeries } from '../../src/market/candle-series.js';

/** One step of a walk in whole ticks: where the close goes, how far the wicks reach, and what is traded. */
const step = fc.record({
  move: fc.integer({ min: -40, max: 40 }),
  up: fc.integer({ min: 0, max: 15 }),
  down: fc.integer({ min: 0, max: 15 }),
  volume: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
});

/** A candle in which nothing happened. */
const silence = fc.constant({ move: 0, up: 0, down: 0, volume: 0 });

/** Candles on a decimal grid of ticks, with ties, silent stretches and candles without volume. */
export function candleSeries(minLength: number, maxLength: number): fc.Arbitrary<CandleSeries> {
  const steps = fc.array(fc.oneof({ weight: 4, arbitrary: step }, silence), {
    minLength,
    maxLength,
    size: 'max',
  });
  return fc.tuple(steps, fc.constantFrom(0.01, 1e-8, 0.5)).map(([walk, tick]) => {
    let close = 10_000;
    return CandleSeries.from(
      walk.map(({ move, up, down, volume }, i) => {
        const open = close;
        close = Math.max(20, close + move);
        const high = Math.max(open, close) + up;
        const low = Math.min(open, close) - down;
        const price = (ticks: number): number => Number((ticks * tick).toFixed(8));
        return [i * 60_000, price(open), price(high), price(low), price(close), volume];
      }),
    );
  });
}

/** The same candles with other prices and volumes. */
export function mapCandles(
  candles: CandleSeries,
  map: (candle: { open: number; high: number; low: number; close: number; volume: number }) => {
    open: number;
    high: number;
    low: number;
    close: number;
    volume: number;
  },
): CandleSeries {
  return CandleSeries.from([...candles].map((candle) => ({ time: candle.time, ...map(candle) })));
}
