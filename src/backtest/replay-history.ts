import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { DataProvider } from '../ports/data-provider.js';
import { fetchAll, type HistoryOptions } from './fetch-all.js';

/** One symbol's candles as a replay reads them. */
export interface ReplayHistory {
  readonly market: Market;
  /** The shortest candles there are: prices are filled and equity is marked on them. */
  readonly base: CandleSeries;
  readonly baseTimeframe: Timeframe;
  /** The timeframes that are analysed and that the source has. */
  readonly candles: ReadonlyMap<Timeframe, CandleSeries>;
}

/**
 * Reads what a replay needs of one symbol, once and whole.
 *
 * @throws ScannerError `insufficient_data` when the source has no candles of it, and whatever the provider rejects with.
 */
export async function readReplayHistory(
  provider: DataProvider,
  market: Market,
  timeframes: readonly Timeframe[],
  options: HistoryOptions = {},
): Promise<ReplayHistory> {
  const candles = new Map<Timeframe, CandleSeries>();
  let base: Pick<ReplayHistory, 'base' | 'baseTimeframe'> | undefined;
  for (const timeframe of TIMEFRAMES) {
    if (base !== undefined && !timeframes.includes(timeframe)) continue;
    const series = await fetchAll(provider, market.symbol, timeframe, options);
    if (series === undefined || series.length === 0) continue;
    base ??= { base: series, baseTimeframe: timeframe };
    if (timeframes.includes(timeframe)) candles.set(timeframe, series);
  }
  if (base === undefined) {
    throw new ScannerError('insufficient_data', 'the source has no candles', {
      symbol: market.symbol,
    });
  }
  return { market, ...base, candles };
}

/** When a history's first candle closed and its last one did, epoch milliseconds. */
export function spanOf({ base, baseTimeframe }: ReplayHistory): { from: number; to: number } {
  const step = timeframeMs(baseTimeframe);
  return { from: base.time[0] + step, to: base.time[base.length - 1] + step };
}
