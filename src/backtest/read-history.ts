import { ScannerError } from '../errors.js';
import { FAST_TIMEFRAME, SLOW_TIMEFRAME } from '../forecast/volatility-reader.js';
import { TIMEFRAMES, timeframeMs } from '../market/timeframe.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { SymbolHistory } from './decisions.js';
import { fetchAll, type HistoryOptions } from './fetch-all.js';

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
    const base = await fetchAll(provider, symbol, timeframe, options);
    if (base === undefined || base.length === 0) continue;
    const fast = await fetchAll(provider, symbol, FAST_TIMEFRAME, options);
    const slow = await fetchAll(provider, symbol, SLOW_TIMEFRAME, options);
    if (fast === undefined || slow === undefined) continue;
    return { symbol, base, baseMs: timeframeMs(timeframe), fast, slow };
  }
  throw new ScannerError(
    'insufficient_data',
    `${symbol} has no candles of ${FAST_TIMEFRAME} or shorter`,
    { symbol },
  );
}
