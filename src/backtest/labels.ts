import type { CandleSeries } from '../market/candle-series.js';

/** What happened first to a position. */
export type Outcome = 'target' | 'stop' | 'timeout';

/** The candles of one horizon: indices into the base series, `to` exclusive. */
export interface Horizon {
  readonly from: number;
  readonly to: number;
}

/**
 * The base candles that open at or after `time` and close within the horizon.
 *
 * @returns `undefined` when the data end before the horizon does, or hold no candle of it: such an event is unresolved.
 */
export function horizonAfter(
  candles: CandleSeries,
  candleMs: number,
  time: number,
  horizonMs: number,
): Horizon | undefined {
  const end = time + horizonMs;
  if (candles.length === 0 || candles.time[candles.length - 1] + candleMs < end) return undefined;
  const from = candles.indexAt(time);
  const to = candles.indexAt(end - candleMs + 1);
  return to > from ? { from, to } : undefined;
}

/** An index beyond every candle: the level was never touched. */
export const NEVER: number = 0x7fffffff;

/**
 * The first candle that reaches each level, {@link NEVER} where none does. One pass for all levels of a side.
 *
 * @param levels - Prices moving away from the entry: rising for `up`, falling for `down`.
 * @param out - As long as `levels`.
 */
export function firstTouches(
  candles: CandleSeries,
  { from, to }: Horizon,
  side: 'up' | 'down',
  levels: Float64Array,
  out: Int32Array,
): void {
  out.fill(NEVER);
  const extreme = side === 'up' ? candles.high : candles.low;
  let next = 0;
  for (let i = from; i < to && next < levels.length; i++) {
    while (
      next < levels.length &&
      (side === 'up' ? extreme[i] >= levels[next] : extreme[i] <= levels[next])
    ) {
      out[next++] = i;
    }
  }
}

/** What came first; a candle that reaches both counts as the stop, because nobody can know better. */
export function outcomeOf(targetAt: number, stopAt: number): Outcome {
  if (stopAt !== NEVER && stopAt <= targetAt) return 'stop';
  return targetAt === NEVER ? 'timeout' : 'target';
}

/** Range and variance that a horizon realised. */
export interface RealizedMove {
  /** `ln(highest high / lowest low)`. */
  readonly range: number;
  /** Sum of squared log returns of the base closes, the first from the last close before the horizon. */
  readonly variance: number;
}

/** Measures the move of a horizon that starts after at least one candle. */
export function realizedMove(candles: CandleSeries, { from, to }: Horizon): RealizedMove {
  let high = 0;
  let low = Number.POSITIVE_INFINITY;
  let variance = 0;
  for (let i = from; i < to; i++) {
    high = Math.max(high, candles.high[i]);
    low = Math.min(low, candles.low[i]);
    const move = Math.log(candles.close[i] / candles.close[i - 1]);
    variance += move * move;
  }
  return { range: Math.log(high / low), variance };
}
