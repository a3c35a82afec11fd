import type { Candle, CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import type { OrderBook } from '../market/order-book.js';
import type { Ticker } from '../market/ticker.js';
import type { Timeframe } from '../market/timeframe.js';
import type { TradeSeries } from '../market/trade-series.js';
import type { PlannedPass, PlannedQuestion, PlannedRequests } from './request-plan.js';

/** What every request may carry. */
export interface RequestOptions {
  /** Stops the work; the call then rejects with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** What a request for data carries besides. */
export interface DataRequestOptions extends RequestOptions {
  /**
   * The moment the request speaks of, epoch milliseconds: nothing later may be in the answer. One scan asks every question
   * with the same moment, so that a candle that closes while it runs is seen for all symbols or for none.
   * @defaultValue the provider's own present
   */
  readonly asOf?: number | undefined;
}

/** A stretch of time: epoch milliseconds, its end not in it. */
export interface TimeStretch {
  readonly from: number;
  readonly until: number;
}

/**
 * Where market data comes from. An optional method is a capability: a factor whose need a provider lacks abstains.
 *
 * An object literal will do. Reject with `ScannerError`; anything else is reported as `network`. `checkDataProvider` from
 * `enhanced-market-scanner/testing` proves a provider by the contract ours pass.
 *
 * @example
 * ```ts
 * import { CandleSeries, type DataProvider } from 'enhanced-market-scanner';
 *
 * const provider: DataProvider = {
 *   id: 'my-venue',
 *   fetchMarkets: async () => [],
 *   fetchTickers: async () => [],
 *   fetchCandles: async () => CandleSeries.empty(),
 * };
 * ```
 */
export interface DataProvider {
  readonly id: string;
  /**
   * The source's own present, epoch milliseconds: an exchange's clock, or the moment a recording stands at. A scanner that was
   * given no clock asks for it at the start of every scan; without it, it goes by the clock of the machine.
   */
  fetchTime?(options?: RequestOptions): Promise<number>;
  /** Every market there is. */
  fetchMarkets(options?: DataRequestOptions): Promise<readonly Market[]>;
  /** Tickers of those `symbols` that have one, in any order. */
  fetchTickers(
    symbols: readonly string[],
    options?: DataRequestOptions,
  ): Promise<readonly Ticker[]>;
  /**
   * The newest `limit` closed candles, or as many as there are. A scan leaves out what opened before its window or closed
   * after its moment, so a source that cannot serve a past moment may serve its present.
   */
  fetchCandles(
    symbol: string,
    timeframe: Timeframe,
    limit: number,
    options?: DataRequestOptions,
  ): Promise<CandleSeries>;
  /** The best `depth` levels of each side. */
  fetchOrderBook?(symbol: string, depth: number, options?: DataRequestOptions): Promise<OrderBook>;
  /** The newest `limit` public trades. */
  fetchTrades?(symbol: string, limit: number, options?: DataRequestOptions): Promise<TradeSeries>;
  /**
   * Each candle as it closes, until the signal aborts. A time in which nobody traded may have none; a candle that the source
   * corrects after its close comes once more.
   */
  watchCandles?(
    symbol: string,
    timeframe: Timeframe,
    options?: RequestOptions,
  ): AsyncIterable<Candle>;
  /**
   * The stretch of time of which a stream that is watched has told everything; `undefined` without such a stream. In it, a candle
   * that did not come is one that nobody traded in: whether the source then has a flat candle or none, a stream does not tell.
   */
  streamedStretch?(symbol: string, timeframe: Timeframe): TimeStretch | undefined;
  /** What questions would cost: one entry for each question that takes requests. Nothing is asked. */
  planRequests?(
    questions: readonly PlannedQuestion[],
    pass: PlannedPass,
  ): readonly PlannedRequests[];
  /** Forgets what it can ask for again. */
  releaseMemory?(): void;
  /** Frees what the provider holds. */
  close?(): Promise<void>;
}
