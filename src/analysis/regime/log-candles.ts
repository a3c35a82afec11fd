import type { CandleSeries } from '../../market/candle-series.js';

/**
 * Candles with prices as natural logarithms of their ratio to one price, oldest first.
 *
 * Distances between logarithms do not depend on the price's scale, and inverting every price only changes their sign.
 */
export interface LogCandles {
  readonly length: number;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Traded base amount, as it was. */
  readonly volume: Float64Array;
}

/**
 * The newest `count` candles, or all when there are fewer, beside the newest close.
 *
 * @param closes - The {@link logCloses} of at least as many.
 */
export function logCandles(candles: CandleSeries, count: number, closes: Float64Array): LogCandles {
  const { high, low, close, volume, length } = candles;
  const start = Math.max(0, length - count);
  const reference = close[length - 1];
  return {
    length: length - start,
    high: logRatios(high, start, reference),
    low: logRatios(low, start, reference),
    close: closes.subarray(closes.length - (length - start)),
    volume: volume.subarray(start),
  };
}

/** The candles from `start` on, beside `reference`, a price. */
export function logCandlesBeside(
  candles: CandleSeries,
  start: number,
  reference: number,
): LogCandles {
  return {
    length: candles.length - start,
    high: logRatios(candles.high, start, reference),
    low: logRatios(candles.low, start, reference),
    close: logRatios(candles.close, start, reference),
    volume: candles.volume.subarray(start),
  };
}

/** Logarithms of the newest `count` closes over the newest one. */
export function logCloses(candles: CandleSeries, count: number): Float64Array {
  const { close, length } = candles;
  return logRatios(close, Math.max(0, length - count), close[length - 1]);
}

function logRatios(column: Float64Array, start: number, reference: number): Float64Array {
  const logs = new Float64Array(column.length - start);
  for (let i = 0; i < logs.length; i++) logs[i] = Math.log(column[start + i] / reference);
  return logs;
}

/** A view of part of the candles; copies nothing. */
export function sliceLogCandles(candles: LogCandles, start: number): LogCandles {
  return {
    length: candles.length - start,
    high: candles.high.subarray(start),
    low: candles.low.subarray(start),
    close: candles.close.subarray(start),
    volume: candles.volume.subarray(start),
  };
}

/** The same market with every price inverted: what rose falls, and highs are lows. */
export function mirrorLogCandles(candles: LogCandles): LogCandles {
  return {
    length: candles.length,
    high: negated(candles.low),
    low: negated(candles.high),
    close: negated(candles.close),
    volume: candles.volume,
  };
}

function negated(column: Float64Array): Float64Array {
  const result = new Float64Array(column.length);
  for (let i = 0; i < column.length; i++) result[i] = -column[i];
  return result;
}
