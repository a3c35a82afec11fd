import { ScannerError } from '../errors.js';
import { FAST_TIMEFRAME, SLOW_TIMEFRAME } from '../forecast/volatility-reader.js';
import type { CandleSeries } from '../market/candle-series.js';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';
import type { SymbolHistory } from './decisions.js';

/** More candles than any exchange has of one symbol: a century of minutes. */
const ALL = 100 * 366 * 24 * 60;

/**
 * Everything a provider has of one symbol, at the finest timeframe it has.
 *
 * @throws ScannerError `insufficient_data` when its candles are too coarse for a volatility forecast, and whatever the
 * provider rejects with.
 */
export async function readHistory(
  provider: DataProvider,
  symbol: string,
  options: DataRequestOptions = {},
): Promise<SymbolHistory> {
  for (const timeframe of TIMEFRAMES.slice(0, TIMEFRAMES.indexOf(FAST_TIMEFRAME) + 1)) {
    const base = await candlesOf(provider, symbol, timeframe, options);
    if (base === undefined || base.length === 0) continue;
    const fast = await provider.fetchCandles(symbol, FAST_TIMEFRAME, ALL, options);
    const slow = await provider.fetchCandles(symbol, SLOW_TIMEFRAME, ALL, options);
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
  options: DataRequestOptions,
): Promise<CandleSeries | undefined> {
  try {
    return await provider.fetchCandles(symbol, timeframe, ALL, options);
  } catch (error) {
    if (ScannerError.is(error) && error.code === 'unsupported') return undefined;
    throw error;
  }
}
