import { ScannerError } from '../errors.js';
import { FAST_TIMEFRAME, SLOW_TIMEFRAME } from '../forecast/volatility-reader.js';
import { TIMEFRAMES, timeframeMs } from '../market/timeframe.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { SymbolHistory } from './decisions.js';
import { fetchAll, type HistoryOptions } from './fetch-all.js';
import { missingCandles } from './missing-candles.js';

/** The timeframes that outcomes can be read from. */
const FINE_ENOUGH = TIMEFRAMES.slice(0, TIMEFRAMES.indexOf(FAST_TIMEFRAME) + 1);

/**
 * What a provider has of one symbol, at the finest timeframe it has.
 *
 * @throws ScannerError `insufficient_data` when its candles are too coarse for a volatility forecast or older than what was
 * asked for, and whatever the provider rejects with.
 */
export async function readHistory(
  provider: DataProvider,
  symbol: string,
  options: HistoryOptions = {},
): Promise<SymbolHistory> {
  for (const timeframe of FINE_ENOUGH) {
    const base = await fetchAll(provider, symbol, timeframe, options);
    if (base === undefined || base.length === 0) continue;
    const fast = await fetchAll(provider, symbol, FAST_TIMEFRAME, options);
    const slow = await fetchAll(provider, symbol, SLOW_TIMEFRAME, options);
    if (fast === undefined || slow === undefined) {
      const needed = `${FAST_TIMEFRAME} and ${SLOW_TIMEFRAME}`;
      const told = `${symbol} needs candles of ${needed} too, has ${timeframe}`;
      throw new ScannerError('insufficient_data', told, { symbol });
    }
    return { symbol, base, baseMs: timeframeMs(timeframe), fast, slow };
  }
  throw await missingCandles(provider, symbol, FINE_ENOUGH, options);
}
