import { CandleSeries } from '../../../src/market/candle-series.js';

/** One candle's volatility in every planted market, as a fraction. */
const STEP = 0.004;
const FIVE_MINUTES = 300_000;
const START = 1_700_000_100_000;

/** A stream of numbers from 0 to 1 that depends on the seed alone (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normalNumbers(seed: number): () => number {
  const random = randomNumbers(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A walk of `count` candles that drifts by `drift` standard deviations a candle; 0 is a market without direction. */
export function randomWalk(seed: number, count = 300, drift = 0): CandleSeries {
  const normal = normalNumbers(seed);
  const inside = 16;
  const rows: [number, number, number, number, number, number][] = [];
  let price = 0;
  for (let i = 0; i < count; i++) {
    const open = price;
    let high = price;
    let low = price;
    for (let k = 0; k < inside; k++) {
      price += (STEP * drift) / inside + (STEP / Math.sqrt(inside)) * normal();
      high = Math.max(high, price);
      low = Math.min(low, price);
    }
    const volume = 1000 * Math.exp(0.7 * normal());
    rows.push([START + i * FIVE_MINUTES, exp(open), exp(high), exp(low), exp(price), volume]);
  }
  return CandleSeries.from(rows);
}

/** Log closes in steps of {@link STEP}, and volumes; opens follow the closes, and wicks are random. */
export function drawn(
  closes: readonly number[],
  volume: (index: number, rises: boolean) => number = () => 1000,
  seed = 1,
): CandleSeries {
  const random = randomNumbers(seed);
  return CandleSeries.from(
    closes.map((close, i) => {
      const open = closes[Math.max(0, i - 1)];
      const high = Math.max(open, close) + 0.8 * random();
      const low = Math.min(open, close) - 0.8 * random();
      const prices = [open, high, low, close].map((steps) => exp(steps * STEP));
      const [o, h, l, c] = prices as [number, number, number, number];
      return [START + i * FIVE_MINUTES, o, h, l, c, volume(i, close > open)] as const;
    }),
  );
}

/** Log closes in steps along straight lines from corner to corner. */
export function path(...corners: readonly (readonly [index: number, level: number])[]): number[] {
  const closes: number[] = [corners[0][1]];
  for (let c = 1; c < corners.length; c++) {
    const [[from, start], [to, end]] = [corners[c - 1], corners[c]];
    for (let i = from + 1; i <= to; i++) {
      closes.push(start + ((end - start) * (i - from)) / (to - from));
    }
  }
  return closes;
}

/** A decline that ends in a climax, then a range with rising supports, rallies on volume and a spring near its end. */
export function accumulation(seed: number): CandleSeries {
  const normal = normalNumbers(seed);
  const closes: number[] = [];
  for (let i = 0; i < 150; i++) closes.push(-0.5 * i + 0.7 * normal());
  const floor = -80;
  closes.push(floor - 1, floor + 2, floor + 4);
  for (let i = 0; i < 60; i++) {
    const swing = 1.5 * Math.sin((2 * Math.PI * i) / 10);
    closes.push(floor + 3 + swing + 0.03 * i + 0.5 * normal());
  }
  const climax = 150;
  return drawn(
    closes,
    (i, rises) => (i === climax ? 9000 : i > climax && rises ? 1700 : 1000),
    seed,
  );
}

/** Every price inverted around the first close: what rose falls, and highs are lows. Volume stays. */
export function mirrored(candles: CandleSeries): CandleSeries {
  const square = candles.close[0] ** 2;
  const inverse = (column: Float64Array): Float64Array => column.map((price) => square / price);
  return CandleSeries.fromColumns({
    time: candles.time,
    open: inverse(candles.open),
    high: inverse(candles.low),
    low: inverse(candles.high),
    close: inverse(candles.close),
    volume: candles.volume,
  });
}

/** Every price times `factor`. */
export function scaled(candles: CandleSeries, factor: number): CandleSeries {
  const times = (column: Float64Array): Float64Array => column.map((price) => price * factor);
  return CandleSeries.fromColumns({
    time: candles.time,
    open: times(candles.open),
    high: times(candles.high),
    low: times(candles.low),
    close: times(candles.close),
    volume: candles.volume,
  });
}

function exp(log: number): number {
  return 100 * Math.exp(log);
}
