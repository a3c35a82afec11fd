import { ScannerError } from '../errors.js';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';
import { fetchNewest, type HistoryOptions } from './fetch-all.js';

/**
 * Why a symbol has no candles to read: those there are are too long, or older than what was asked for.
 *
 * @param needed - Timeframes of which any would do, shortest first.
 */
export async function missingCandles(
  provider: DataProvider,
  symbol: string,
  needed: readonly Timeframe[],
  { since, ...request }: HistoryOptions,
): Promise<ScannerError> {
  const missing = (told: string): ScannerError => {
    return new ScannerError('insufficient_data', `${symbol} ${told}`, { symbol });
  };
  const fitting = await newestOf(provider, symbol, needed, request);
  if (fitting !== undefined) {
    const span = spanText(since, request.asOf);
    return missing(`has no candles${span}, the last ends ${minuteText(fitting.end)}`);
  }
  const other = await newestOf(provider, symbol, TIMEFRAMES, request);
  if (other === undefined) return missing('has no candles');
  return missing(`needs candles of ${wordsOf(needed)}, has ${other.timeframe}`);
}

async function newestOf(
  provider: DataProvider,
  symbol: string,
  timeframes: readonly Timeframe[],
  request: DataRequestOptions,
): Promise<{ readonly timeframe: Timeframe; readonly end: number } | undefined> {
  for (const timeframe of timeframes) {
    const candles = await fetchNewest(provider, symbol, timeframe, 1, request);
    if (candles === undefined || candles.length === 0) continue;
    return { timeframe, end: candles.time[0] + timeframeMs(timeframe) };
  }
  return undefined;
}

/** What a span that holds no candle is called: ` from 2024-05-01T00:00Z to 2024-06-01T00:00Z`, with what of it is known. */
export function spanText(from: number | undefined, to: number | undefined): string {
  const begin = from === undefined ? '' : ` from ${minuteText(from)}`;
  const isAfter = to !== undefined && (from === undefined || from < to);
  return isAfter ? `${begin} to ${minuteText(to)}` : `${begin}${begin && ' on'}`;
}

function wordsOf(timeframes: readonly Timeframe[]): string {
  const longest = timeframes[timeframes.length - 1];
  return timeframes.length > 1 ? `${longest} or shorter` : longest;
}

/** A moment to the minute: `2024-05-01T00:00Z`. */
export function minuteText(time: number): string {
  return `${new Date(time).toISOString().slice(0, -8)}Z`;
}
