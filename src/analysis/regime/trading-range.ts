import { trueRange } from '../indicators/atr.js';
import type { LogCandles } from './log-candles.js';
import { randomWalkMove } from './random-walk.js';

/** A stretch of newest candles in which price went nowhere. */
export interface TradingRange {
  /** Index of its first candle. */
  readonly start: number;
  /** Mean true range inside it, as a fraction. */
  readonly averageRange: number;
}

const SHORTEST = 30;
/** The most candles a trading range can have. */
export const LONGEST_RANGE = 120;

// A random walk of m candles spans about sqrt(m) mean true ranges (both scale by the same 1.6 standard deviations, Feller
// 1951), so the band that calls a stretch confined must grow with its length: this share of a walk's span.
const CONFINED = 0.75;

// Net move of a stretch that still counts as going nowhere, in random-walk units.
const STILL = 1;

/**
 * The trading range the newest candles form: the stretch of 30 to 120 candles whose span is smallest beside what a random
 * walk of as many candles would span, when it is at most 0.75 of that and its net move is below one random-walk unit.
 */
export function tradingRange(candles: LogCandles): TradingRange | undefined {
  const { length, high, low, close } = candles;
  let top = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  let path = 0;
  let start = -1;
  let averageRange = 0;
  let tightest = CONFINED;
  for (let m = 1; m <= LONGEST_RANGE && m < length; m++) {
    const i = length - m;
    top = Math.max(top, high[i]);
    bottom = Math.min(bottom, low[i]);
    path += trueRange(high[i], low[i], close[i - 1]);
    const span = ((top - bottom) * Math.sqrt(m)) / path;
    if (m >= SHORTEST && span <= tightest) {
      tightest = span;
      start = i;
      averageRange = path / m;
    }
  }
  if (start < 0 || Math.abs(randomWalkMove(close, start, length - 1)) > STILL) return undefined;
  return { start, averageRange };
}
