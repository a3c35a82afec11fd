import type { CandleSeries } from '../../market/candle-series.js';
import { type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { standardDeviation } from '../statistics.js';

/** Crypto trades every day of the year. */
const YEAR_MS = 365 * timeframeMs('1d');

/**
 * Realised volatility from closes: the sample standard deviation of log returns, annualised over 365 days, as a fraction.
 *
 * Returns across a gap in the candles span more than one candle and are left out. `NaN` from fewer than two returns. Annualising
 * takes returns for independent; over short windows it is a unit, not a forecast.
 *
 * @param candles - The window; `candles.slice(-n)` for a rolling one.
 *
 * @example
 * ```ts
 * import type { CandleSeries } from 'enhanced-market-scanner';
 * import { realizedVolatility } from 'enhanced-market-scanner/analysis';
 *
 * declare const candles: CandleSeries;
 * const perYear = realizedVolatility(candles, '1h'); // 0.6 is 60 percent a year
 * ```
 */
export function realizedVolatility(candles: CandleSeries, timeframe: Timeframe): number {
  const { time, close, length } = candles;
  const step = timeframeMs(timeframe);
  const returns = new Float64Array(length);
  let count = 0;
  for (let i = 1; i < length; i++) {
    if (time[i] - time[i - 1] === step) returns[count++] = Math.log(close[i] / close[i - 1]);
  }
  return standardDeviation(returns.subarray(0, count)) * Math.sqrt(YEAR_MS / step);
}

/**
 * Realised volatility from ranges (Parkinson 1980): `sqrt(mean(ln(high / low)^2) / (4 ln 2))`, annualised over 365 days, as a
 * fraction.
 *
 * About five times as efficient as closes for a price that moves continuously; it does not see jumps between candles, and
 * few trades per candle bias it down. `NaN` without candles.
 */
export function parkinsonVolatility(
  { high, low, length }: CandleSeries,
  timeframe: Timeframe,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += Math.log(high[i] / low[i]) ** 2;
  return Math.sqrt((sum / length / (4 * Math.LN2)) * (YEAR_MS / timeframeMs(timeframe)));
}
