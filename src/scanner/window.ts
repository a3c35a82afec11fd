import { candleOpen, type Timeframe, timeframeMs } from '../market/timeframe.js';

/** The stretch of candles that a scan reads of one timeframe. */
export interface CandleWindow {
  /** Open time of the first candle in it, epoch milliseconds. */
  readonly from: number;
  /** How many candles there are in it when none is missing. */
  readonly count: number;
}

/**
 * The window at a moment: at least `limit` closed candles, at most half as many more.
 *
 * Its start depends on the moment alone and stays where it is for `limit / 2` candles. Within that time an indicator that was kept
 * and fed the new candles has read exactly what one would read that starts over, so repeating a scan costs what is new, and
 * the answer does not depend on what was scanned before.
 */
export function candleWindow(timeframe: Timeframe, limit: number, asOf: number): CandleWindow {
  const span = timeframeMs(timeframe);
  const forming = candleOpen(asOf, timeframe);
  const index = Math.floor(forming / span);
  const stride = Math.ceil(limit / 2);
  const first = Math.floor((index - limit) / stride) * stride;
  const count = index - first;
  return { from: forming - count * span, count };
}
