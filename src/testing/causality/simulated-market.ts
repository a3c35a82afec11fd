import { CandleSeries } from '../../market/candle-series.js';

/** A market made of nothing but chance. */
export interface SimulatedMarketOptions {
  readonly days: number;
  readonly seed: number;
  /**
   * How much of a candle's return the next one repeats: an edge for whoever looks back one candle.
   * @defaultValue 0
   */
  readonly momentum?: number | undefined;
  /** The first open. @defaultValue 100 */
  readonly price?: number | undefined;
}

const CANDLE_MS = 300_000;
const PER_DAY = 288;
const STEPS = 6;

/** Standard deviation of a five-minute return on an ordinary day. */
const ORDINARY = 0.002;

// A GARCH(1, 1) walk: what moved much goes on moving much, and which way is a coin.
const PERSISTENCE = 0.9;
const SURPRISE = 0.08;

/** Five-minute candles of a price without direction whose volatility comes in waves, as that of real markets does. */
export function simulatedMarket({
  days,
  seed,
  momentum = 0,
  price: first = 100,
}: SimulatedMarketOptions): CandleSeries {
  const normal = normalStream(seed);
  let price = first;
  let variance = ORDINARY ** 2;
  let last = 0;
  const rows = Array.from({ length: days * PER_DAY }, (_, i) => {
    const open = price;
    const sigma = Math.sqrt(variance);
    const drift = momentum * last;
    const { high, low, close } = candleWalk(open, drift, sigma, normal);
    price = close;
    last = Math.log(price / open);
    variance =
      (1 - PERSISTENCE - SURPRISE) * ORDINARY ** 2 +
      PERSISTENCE * variance +
      SURPRISE * (last - drift) ** 2;
    const volume = 1000 * (sigma / ORDINARY) * Math.exp(0.3 * normal());
    return [i * CANDLE_MS, open, high, low, price, volume] as const;
  });
  return CandleSeries.from(rows);
}

/** High, low and close of a candle within which the price walks from `open` by chance, in six steps. */
export function candleWalk(
  open: number,
  drift: number,
  sigma: number,
  normal: () => number,
): { readonly high: number; readonly low: number; readonly close: number } {
  let close = open;
  let high = open;
  let low = open;
  for (let step = 0; step < STEPS; step++) {
    close *= Math.exp(drift / STEPS + (sigma * normal()) / Math.sqrt(STEPS));
    high = Math.max(high, close);
    low = Math.min(low, close);
  }
  return { high, low, close };
}

/** Standard normal numbers that depend on the seed alone, by Box and Muller from Mulberry32. */
export function normalStream(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return (((word ^ (word >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
