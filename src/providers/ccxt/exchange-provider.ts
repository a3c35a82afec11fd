import { ScannerError } from '../../errors.js';
import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Market } from '../../market/market.js';
import type { OrderBook } from '../../market/order-book.js';
import type { Ticker } from '../../market/ticker.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { TradeSeries } from '../../market/trade-series.js';
import type {
  DataProvider,
  DataRequestOptions,
  RequestOptions,
  TimeStretch,
} from '../../ports/data-provider.js';
import type { PlannedPass, PlannedQuestion, PlannedRequests } from '../../ports/request-plan.js';
import { momentOf, requireCount } from '../request.js';
import { isHistory } from './candle-source.js';
import type { CcxtLike } from './exchange.js';
import { type ExchangeSources, openSources } from './exchange-sources.js';
import { planRequests } from './plan-requests.js';
import type { CcxtProviderOptions } from './provider-options.js';

/** An order book of so long ago is that of another moment, which an exchange cannot show. */
const PRESENT_MS = 60_000;

/** The provider over one exchange: each question is read against the exchange's clock and listing, and asked through its sources. */
export class ExchangeProvider implements DataProvider {
  readonly id: string;
  readonly #options: CcxtProviderOptions;
  readonly #sources: ExchangeSources;

  constructor(exchange: CcxtLike, options: CcxtProviderOptions) {
    this.id = exchange.id;
    this.#options = options;
    this.#sources = openSources(exchange, options);
  }

  async fetchTime(options?: RequestOptions): Promise<number> {
    await this.#present(options);
    return this.#sources.clock.now();
  }

  async fetchMarkets(options?: DataRequestOptions): Promise<readonly Market[]> {
    const asOf = await this.#present(options);
    const listed = await this.#sources.listing.refresh(options);
    return Array.from(listed.values(), ({ market }) => market).filter(
      ({ listedAt }) => listedAt === undefined || listedAt <= asOf,
    );
  }

  async fetchTickers(
    symbols: readonly string[],
    options?: DataRequestOptions,
  ): Promise<readonly Ticker[]> {
    this.#requirePresent('tickers', await this.#present(options));
    return this.#sources.tickers.fetch(symbols, options);
  }

  async fetchCandles(
    symbol: string,
    timeframe: Timeframe,
    limit: number,
    options?: DataRequestOptions,
  ): Promise<CandleSeries> {
    requireCount('limit', limit);
    const asOf = await this.#present(options);
    const listed = await this.#sources.listing.require(symbol, options);
    return this.#sources.candles.fetch({ listed, timeframe, limit, asOf, options });
  }

  async fetchOrderBook(
    symbol: string,
    depth: number,
    options?: DataRequestOptions,
  ): Promise<OrderBook> {
    requireCount('depth', depth);
    this.#requirePresent('order books', await this.#present(options), symbol);
    const listed = await this.#sources.listing.require(symbol, options);
    return this.#sources.orders.book(listed, depth, options);
  }

  async fetchTrades(
    symbol: string,
    limit: number,
    options?: DataRequestOptions,
  ): Promise<TradeSeries> {
    requireCount('limit', limit);
    const asOf = await this.#present(options);
    this.#requirePresent('trades', asOf, symbol);
    const listed = await this.#sources.listing.require(symbol, options);
    return this.#sources.orders.trades(listed, limit, asOf, options);
  }

  async *watchCandles(
    symbol: string,
    timeframe: Timeframe,
    options?: RequestOptions,
  ): AsyncGenerator<Candle, void, undefined> {
    await this.#present(options);
    const listed = await this.#sources.listing.require(symbol, options);
    yield* this.#sources.streams.candles(listed, timeframe, options?.signal);
  }

  streamedStretch(symbol: string, timeframe: Timeframe): TimeStretch | undefined {
    return this.#sources.streams.stretch(symbol, timeframe);
  }

  /** Closes what the provider opened; the exchange is the caller's. */
  async close(): Promise<void> {
    this.#sources.streams.close();
    this.#sources.snapshots.close();
  }

  planRequests(
    questions: readonly PlannedQuestion[],
    pass: PlannedPass,
  ): readonly PlannedRequests[] {
    const { facts, types } = this.#sources;
    const asked = questions.filter((question) => !this.#isStreamed(question, pass));
    return planRequests(asked, pass, facts, types);
  }

  /** Whether a question takes no request, since its answer comes over a stream. */
  #isStreamed({ kind, rows = 1 }: PlannedQuestion, pass: PlannedPass): boolean {
    const { streamBooks = false, streamHistory = false } = this.#options;
    const { streams, snapshots } = this.#sources;
    if (kind === 'orderBook') {
      return pass === 'repeated' && streamBooks && streams.books.pushes(rows);
    }
    return kind === 'candles' && isHistory(rows) && streamHistory && snapshots.holds(rows);
  }

  /** The moment a request speaks of, never later than the exchange's present, which is measured where need be. */
  async #present(options: DataRequestOptions | undefined): Promise<number> {
    momentOf(options, () => 0);
    const { clock } = this.#sources;
    await clock.synchronize(options);
    return Math.min(options?.asOf ?? Number.POSITIVE_INFINITY, clock.now());
  }

  #requirePresent(what: string, asOf: number, symbol?: string): void {
    if (this.#sources.clock.now() - asOf <= PRESENT_MS) return;
    throw new ScannerError('unsupported', `${this.id} shows ${what} of the present alone`, {
      symbol,
    });
  }
}
