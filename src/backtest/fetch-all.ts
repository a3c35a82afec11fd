import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';

/** How much of a history is read. */
export interface HistoryOptions extends DataRequestOptions {
  /** Open time of the first candle, epoch milliseconds. @defaultValue the first there is */
  readonly since?: number | undefined;
}

/** More candles than any exchange has of one symbol: a century of minutes. */
const ALL = 100 * 366 * 24 * 60;

/**
 * Every candle of a timeframe from `since` on; `undefined` where the source does not have the timeframe.
 *
 * A source that invents its candles as they are asked for is asked for no more than is wanted.
 */
export async function fetchAll(
  provider: DataProvider,
  symbol: string,
  timeframe: Timeframe,
  { since = Number.NEGATIVE_INFINITY, ...request }: HistoryOptions,
): Promise<CandleSeries | undefined> {
  const { asOf = Number.POSITIVE_INFINITY } = request;
  const wanted = Math.ceil((asOf - since) / timeframeMs(timeframe));
  // A span that begins after the present holds none, but a source is never asked for less than one.
  const count = Math.max(1, Math.min(ALL, wanted));
  const candles = await fetchNewest(provider, symbol, timeframe, count, request);
  return candles?.slice(candles.indexAt(since));
}

/** So many candles of a timeframe, the newest there are; `undefined` where the source does not have the timeframe. */
export async function fetchNewest(
  provider: DataProvider,
  symbol: string,
  timeframe: Timeframe,
  count: number,
  request: DataRequestOptions,
): Promise<CandleSeries | undefined> {
  try {
    return await provider.fetchCandles(symbol, timeframe, count, request);
  } catch (error) {
    if (ScannerError.is(error) && error.code === 'unsupported') return undefined;
    throw error;
  }
}
