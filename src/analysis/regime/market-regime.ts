import type { CandleSeries } from '../../market/candle-series.js';
import { logCloses } from './log-candles.js';
import { randomWalkMove, randomWalkSpan } from './random-walk.js';

/** How a market behaves as a whole. */
export type MarketRegime = 'bull' | 'bear' | 'range' | 'volatile' | 'undetermined';

/** The newest candles that are read. */
export const REGIME_HISTORY = 260;
// The stretch whose trend is judged.
const TREND_LENGTH = 100;
const SHORTEST_HISTORY = 120;
const VOLATILITY_LENGTH = 20;

const TREND = 1.5;
const STILL = 1;
// A random walk spans 1.6 of its units on average (Feller 1951).
const CONFINED = 1.1;
const VOLATILE_RANK = 0.9;
const VOLATILE_RATIO = 1.5;

/**
 * How a market behaves: its trend over 100 candles, and its volatility against its own past 260 candles. The first that holds:
 *
 * 1. `bull` or `bear`: it moved at least 1.5 random-walk units, where one unit is what a random walk of the same step size covers.
 * 2. `volatile`: the last 20 returns have a standard deviation above that of 90% of the earlier stretches of 20, and above
 *    1.5 times their root mean square.
 * 3. `range`: it moved less than one unit, and its closes span at most 1.1 units, where a random walk's span 1.6.
 * 4. `undetermined`: none of these, fewer than 120 candles, or no movement at all.
 *
 * A mirrored market swaps `bull` and `bear` and keeps the rest.
 *
 * @param candles - Closed candles of one timeframe.
 */
export function marketRegime(candles: CandleSeries): MarketRegime {
  return regimeOf(logCloses(candles, REGIME_HISTORY));
}

/** {@link marketRegime} with the {@link logCloses} of the newest {@link REGIME_HISTORY} candles at hand. */
export function regimeOf(close: Float64Array): MarketRegime {
  if (close.length < SHORTEST_HISTORY) return 'undetermined';
  const newest = close.length - 1;
  const start = newest - TREND_LENGTH;
  const move = randomWalkMove(close, start, newest);
  if (move >= TREND) return 'bull';
  if (move <= -TREND) return 'bear';
  if (isVolatile(close)) return 'volatile';
  const confined = randomWalkSpan(close, start, newest) <= CONFINED;
  return confined && Math.abs(move) < STILL ? 'range' : 'undetermined';
}

// Compares sums of squared returns: over stretches of one length they rank as standard deviations do.
function isVolatile(close: Float64Array): boolean {
  const squares = new Float64Array(close.length);
  for (let i = 1; i < close.length; i++) squares[i] = (close[i] - close[i - 1]) ** 2;
  const earlier = close.length - VOLATILITY_LENGTH;
  const newest = sum(squares.subarray(earlier));
  let stretch = sum(squares.subarray(1, VOLATILITY_LENGTH));
  let total = 0;
  let below = 0;
  for (let i = VOLATILITY_LENGTH; i < earlier; i++) {
    stretch += squares[i];
    total += stretch;
    if (stretch < newest) below++;
    stretch -= squares[i - VOLATILITY_LENGTH + 1];
  }
  const count = earlier - VOLATILITY_LENGTH;
  return below >= VOLATILE_RANK * count && newest >= VOLATILE_RATIO ** 2 * (total / count);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
