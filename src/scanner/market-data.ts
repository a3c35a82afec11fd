import { quote, ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { OrderBook } from '../market/order-book.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { TradeSeries } from '../market/trade-series.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';
import type { Logger } from '../ports/logger.js';
import type { DataNeed } from '../scoring/factor.js';
import type { ScannerConfig } from './config.js';
import { asScannerError } from './source-error.js';
import { candleWindow } from './window.js';

/** What a source gave for one symbol, cut to the scan's moment. */
export interface MarketData {
  /** Closed candles of each timeframe that the source has. */
  readonly candles: ReadonlyMap<Timeframe, CandleSeries>;
  readonly orderBook: OrderBook | undefined;
  readonly trades: TradeSeries | undefined;
}

/** What is asked for, and of whom. */
export interface MarketDataRequest {
  readonly provider: DataProvider;
  readonly config: ScannerConfig;
  readonly needs: ReadonlySet<DataNeed>;
  readonly logger: Logger;
}

/** A book this much later than the scan's moment is the book of another moment. */
const MAX_BOOK_DELAY_MS = 60_000;

/**
 * Fetches what the factors need of one symbol, all at once.
 *
 * Candles are the ground of everything: a timeframe may be one the source does not have (`unsupported`,
 * `insufficient_data`), and the symbol fails with any other error. Order book and trades are evidence among others: without
 * them, whatever the reason, their factors abstain and the signal says so.
 *
 * @throws ScannerError the first failure in the order of the timeframes, whichever came first in time.
 */
export async function fetchMarketData(
  { provider, config, needs, logger }: MarketDataRequest,
  symbol: string,
  options: DataRequestOptions & { readonly asOf: number },
): Promise<MarketData> {
  const candleCalls = config.timeframes.map((timeframe) =>
    attempt(symbol, () => fetchWindow(provider, symbol, timeframe, config.candleLimit, options)),
  );
  const bookCall = needs.has('orderBook')
    ? attempt(symbol, async () => provider.fetchOrderBook?.(symbol, config.orderBookDepth, options))
    : undefined;
  const tradesCall = needs.has('trades')
    ? attempt(symbol, async () => provider.fetchTrades?.(symbol, config.tradeLimit, options))
    : undefined;

  const candles = new Map<Timeframe, CandleSeries>();
  const failures: ScannerError[] = [];
  for (const [i, result] of (await Promise.all(candleCalls)).entries()) {
    if (!ScannerError.is(result)) candles.set(config.timeframes[i], result);
    else if (!isAbsence(result)) failures.push(result);
  }
  const evidence = await Promise.all([bookCall, tradesCall]);
  if (failures.length > 0) throw failures[0];
  if (candles.size === 0) {
    throw new ScannerError('insufficient_data', 'the source has no candles of any timeframe', {
      symbol,
    });
  }
  const [book, trades] = evidence.map((result) => {
    if (!ScannerError.is(result)) return result;
    logger.warn('evidence could not be fetched', { symbol, error: result });
    return undefined;
  }) as [OrderBook | undefined, TradeSeries | undefined];
  return {
    candles,
    orderBook: book && book.time <= options.asOf + MAX_BOOK_DELAY_MS ? book : undefined,
    trades: trades && tradesUntil(trades, options.asOf),
  };
}

/** The result of a call or its error, always a {@link ScannerError}: one call that fails stops none that runs beside it. */
async function attempt<T>(symbol: string, call: () => Promise<T>): Promise<T | ScannerError> {
  try {
    return await call();
  } catch (error) {
    return asScannerError(error, symbol);
  }
}

async function fetchWindow(
  provider: DataProvider,
  symbol: string,
  timeframe: Timeframe,
  limit: number,
  options: DataRequestOptions & { readonly asOf: number },
): Promise<CandleSeries> {
  const { from, count } = candleWindow(timeframe, limit, options.asOf);
  const candles: unknown = await provider.fetchCandles(symbol, timeframe, count, options);
  if (!isSeries(candles)) {
    throw new ScannerError(
      'bad_data',
      `fetchCandles must give a CandleSeries, gave ${quote(candles)}`,
      { symbol },
    );
  }
  const end = candles.indexAt(options.asOf - timeframeMs(timeframe) + 1);
  const start = candles.indexAt(from);
  if (start >= end) {
    throw new ScannerError('insufficient_data', `the source has no ${timeframe} candles`, {
      symbol,
    });
  }
  return candles.slice(start, end);
}

// A provider may come from JavaScript, and its series from another copy of this package.
function isSeries(value: unknown): value is CandleSeries {
  return (
    typeof value === 'object' &&
    value !== null &&
    'close' in value &&
    value.close instanceof Float64Array
  );
}

function isAbsence({ code }: ScannerError): boolean {
  return code === 'unsupported' || code === 'insufficient_data';
}

function tradesUntil(trades: TradeSeries, asOf: number): TradeSeries {
  let end = trades.length;
  while (end > 0 && trades.time[end - 1] > asOf) end--;
  return end === trades.length ? trades : trades.slice(0, end);
}
