import { ScannerError } from '../errors.js';
import { FAST_TIMEFRAME, SLOW_TIMEFRAME } from '../forecast/volatility-reader.js';
import type { CandleSeries } from '../market/candle-series.js';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';
import type { SymbolHistory } from './decisions.js';

/** More candles than any exchange has of one symbol: a century of minutes. */
const ALL = 100 * 366 * 24 * 60;

/** How much of a history is read. */
export interface HistoryOptions extends DataRequestOptions {
  /** Open time of the first candle, epoch milliseconds. @defaultValue the first there is */
  readonly since?: number | undefined;
}

/**
 * What a provider has of one symbol, at the finest timeframe it has.
 *
 * @throws ScannerError `insufficient_data` when its candles are too coarse for a volatility forecast, and whatever the
 * provider rejects with.
 */
export async function readHistory(
  provider: DataProvider,
  symbol: string,
  options: HistoryOptions = {},
): Promise<SymbolHistory> {
  for (const timeframe of TIMEFRAMES.slice(0, TIMEFRAMES.indexOf(FAST_TIMEFRAME) + 1)) {
    const base = await candlesOf(provider, symbol, timeframe, options);
    if (base === undefined || base.length === 0) continue;
    const fast = await fetchAll(provider, symbol, FAST_TIMEFRAME, options);
    const slow = await fetchAll(provider, symbol, SLOW_TIMEFRAME, options);
    return { symbol, base, baseMs: timeframeMs(timeframe), fast, slow };
  }
  throw new ScannerError(
    'insufficient_data',
    `${symbol} has no candles of ${FAST_TIMEFRAME} or shorter`,
    { symbol },
  );
}

async function candlesOf(
  provider: DataProvider,
  symbol: string,
  timeframe: Timeframe,
  options: HistoryOptions,
): Promise<CandleSeries | undefined> {
  try {
    return await fetchAll(provider, symbol, timeframe, options);
  } catch (error) {
    if (ScannerError.is(error) && error.code === 'unsupported') return undefined;
    throw error;
  }
}

/** A source that invents its candles as they are asked for is asked for no more than is wanted. */
async function fetchAll(
  provider: DataProvider,
  symbol: string,
  timeframe: Timeframe,
  { since = Number.NEGATIVE_INFINITY, ...request }: HistoryOptions,
): Promise<CandleSeries> {
  const { asOf = Number.POSITIVE_INFINITY } = request;
  const count = Math.ceil((asOf - since) / timeframeMs(timeframe));
  const candles = await provider.fetchCandles(symbol, timeframe, Math.min(ALL, count), request);
  return candles.slice(candles.indexAt(since));
}
