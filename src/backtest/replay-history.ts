import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { DataProvider } from '../ports/data-provider.js';
import { fetchAll, type HistoryOptions } from './fetch-all.js';
import { missingCandles } from './missing-candles.js';

/** One symbol's candles as a replay reads them. */
export interface ReplayHistory {
  readonly market: Market;
  /** Prices are filled and equity is marked on these candles: the shortest there are, unless longer ones were asked for. */
  readonly base: CandleSeries;
  readonly baseTimeframe: Timeframe;
  /** The timeframes that are analysed and that the source has. */
  readonly candles: ReadonlyMap<Timeframe, CandleSeries>;
  /** Shorter candles, for all of the span or parts of it: they tell which of two levels came first within a base candle. */
  readonly finer?: CandleSeries | undefined;
  readonly finerTimeframe?: Timeframe | undefined;
}

/** Which candles of a source are read. */
export interface ReplayHistoryOptions extends HistoryOptions {
  /** @defaultValue the shortest timeframe there is */
  readonly baseTimeframe?: Timeframe | undefined;
  /** Where shorter candles than the base come from. @defaultValue the same source */
  readonly finerFrom?: DataProvider | undefined;
}

/**
 * Reads what a replay needs of one symbol, once and whole.
 *
 * @throws ScannerError `insufficient_data` when the source has no such candles of it, and whatever the provider rejects with.
 */
export async function readReplayHistory(
  provider: DataProvider,
  market: Market,
  timeframes: readonly Timeframe[],
  options: ReplayHistoryOptions = {},
): Promise<ReplayHistory> {
  const { baseTimeframe: wanted, finerFrom = provider, ...request } = options;
  const { symbol } = market;
  const fitting = wanted === undefined ? TIMEFRAMES : [wanted];
  const base = await shortest(provider, symbol, fitting, request);
  if (base === undefined) throw await missingCandles(provider, symbol, fitting, request);
  const candles = new Map<Timeframe, CandleSeries>();
  for (const timeframe of timeframes) {
    if (timeframeMs(timeframe) < timeframeMs(base.timeframe)) continue;
    const series = await fetchAll(provider, symbol, timeframe, request);
    if (series !== undefined && series.length > 0) candles.set(timeframe, series);
  }
  const finer = await shortest(finerFrom, symbol, partsOf(base.timeframe), request).catch(
    unlessUnknown,
  );
  return {
    market,
    base: base.candles,
    baseTimeframe: base.timeframe,
    candles,
    finer: finer?.candles,
    finerTimeframe: finer?.timeframe,
  };
}

/** When a history's first candle closed and its last one did, epoch milliseconds. */
export function spanOf({ base, baseTimeframe }: ReplayHistory): { from: number; to: number } {
  const step = timeframeMs(baseTimeframe);
  return { from: base.time[0] + step, to: base.time[base.length - 1] + step };
}

async function shortest(
  provider: DataProvider,
  symbol: string,
  timeframes: readonly Timeframe[],
  request: HistoryOptions,
): Promise<{ timeframe: Timeframe; candles: CandleSeries } | undefined> {
  for (const timeframe of timeframes) {
    const candles = await fetchAll(provider, symbol, timeframe, request);
    if (candles !== undefined && candles.length > 0) return { timeframe, candles };
  }
  return undefined;
}

/** Timeframes of which whole candles make one of `timeframe`. */
function partsOf(timeframe: Timeframe): readonly Timeframe[] {
  const whole = timeframeMs(timeframe);
  return TIMEFRAMES.filter((part) => timeframeMs(part) < whole && whole % timeframeMs(part) === 0);
}

function unlessUnknown(error: unknown): undefined {
  if (!ScannerError.is(error) || error.code !== 'unknown_symbol') throw error;
}
