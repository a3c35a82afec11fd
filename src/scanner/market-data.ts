import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { OrderBook } from '../market/order-book.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { TradeSeries } from '../market/trade-series.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';
import type { Logger } from '../ports/logger.js';
import type { DataNeed } from '../scoring/factor.js';
import type { ScannerConfig } from './config.js';
import { readCandles, readOrderBook, readTrades } from './source-answers.js';
import { asScannerError } from './source-error.js';
import { type CandleWindow, candleWindow } from './window.js';

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

/** What a source gave for one symbol besides candles. */
export type Evidence = Pick<MarketData, 'orderBook' | 'trades'>;

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
  request: MarketDataRequest,
  symbol: string,
  options: DataRequestOptions & { readonly asOf: number },
): Promise<MarketData> {
  const { provider, config } = request;
  const { asOf } = options;
  const candleCalls = config.timeframes.map((timeframe) => {
    const window = candleWindow(timeframe, config.candleLimit, asOf);
    return attempt(
      symbol,
      () => provider.fetchCandles(symbol, timeframe, window.count, options),
      (answer) => cutToWindow(readCandles(answer), window, timeframe, asOf),
    );
  });
  const evidenceCall = fetchEvidence(request, symbol, options);

  const candles = new Map<Timeframe, CandleSeries>();
  let failure: ScannerError | undefined;
  for (const [i, result] of (await Promise.all(candleCalls)).entries()) {
    if (!ScannerError.is(result)) candles.set(config.timeframes[i], result);
    else if (!isAbsence(result)) failure ??= result;
  }
  const { orderBook, trades } = await evidenceCall;
  if (failure !== undefined) throw failure;
  if (candles.size === 0) {
    throw new ScannerError('insufficient_data', 'the source has no candles of any timeframe', {
      symbol,
    });
  }
  return { candles, orderBook, trades };
}

/** Fetches what the factors need of one symbol besides candles; what cannot be had is absent. */
export async function fetchEvidence(
  { provider, config, needs, logger }: MarketDataRequest,
  symbol: string,
  options: DataRequestOptions & { readonly asOf: number },
): Promise<Evidence> {
  const { asOf } = options;
  const bookCall = needs.has('orderBook')
    ? attempt(
        symbol,
        () => provider.fetchOrderBook?.(symbol, config.orderBookDepth, options),
        (answer) => (answer === undefined ? undefined : bookAt(readOrderBook(answer), asOf)),
      )
    : undefined;
  const tradesCall = needs.has('trades')
    ? attempt(
        symbol,
        () => provider.fetchTrades?.(symbol, config.tradeLimit, options),
        (answer) => (answer === undefined ? undefined : tradesUntil(readTrades(answer), asOf)),
      )
    : undefined;
  return {
    orderBook: evidence(symbol, await bookCall, logger),
    trades: evidence(symbol, await tradesCall, logger),
  };
}

/**
 * The result of a call or its error, always a {@link ScannerError}: one call that fails stops none that runs beside it.
 *
 * @param read - Makes of the answer what is wanted.
 */
async function attempt<Result>(
  symbol: string,
  call: () => unknown,
  read: (answer: unknown) => Result,
): Promise<Result | ScannerError> {
  try {
    return read(await call());
  } catch (error) {
    return asScannerError(error, symbol);
  }
}

/** The part of a series that lies in a window. @throws ScannerError `insufficient_data` when there is none. */
function cutToWindow(
  candles: CandleSeries,
  { from }: CandleWindow,
  timeframe: Timeframe,
  asOf: number,
): CandleSeries {
  const end = candles.indexAt(asOf - timeframeMs(timeframe) + 1);
  const start = candles.indexAt(from);
  if (start >= end) {
    throw new ScannerError('insufficient_data', `the source has no ${timeframe} candles`);
  }
  return start === 0 && end === candles.length ? candles : candles.slice(start, end);
}

/** What came of a call for evidence; nothing, and a word in the log, when it failed. */
function evidence<T>(symbol: string, result: T | ScannerError, logger: Logger): T | undefined {
  if (!ScannerError.is(result)) return result;
  logger.warn('evidence could not be fetched', { symbol, error: result });
  return undefined;
}

function isAbsence({ code }: ScannerError): boolean {
  return code === 'unsupported' || code === 'insufficient_data';
}

function bookAt(book: OrderBook, asOf: number): OrderBook | undefined {
  return book.time <= asOf + MAX_BOOK_DELAY_MS ? book : undefined;
}

function tradesUntil(trades: TradeSeries, asOf: number): TradeSeries {
  let end = trades.length;
  while (end > 0 && trades.time[end - 1] > asOf) end--;
  return end === trades.length ? trades : trades.slice(0, end);
}
