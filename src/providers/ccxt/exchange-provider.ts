import { quote, ScannerError } from '../../errors.js';
import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Market } from '../../market/market.js';
import type { OrderBook } from '../../market/order-book.js';
import type { Ticker } from '../../market/ticker.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { TradeSeries } from '../../market/trade-series.js';
import { processRateBudget } from '../../parallel/rate-budget.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type {
  DataProvider,
  DataRequestOptions,
  RequestOptions,
  TimeStretch,
} from '../../ports/data-provider.js';
import { silentLogger } from '../../ports/logger.js';
import type { PlannedPass, PlannedQuestion, PlannedRequests } from '../../ports/request-plan.js';
import { momentOf, requireCount } from '../request.js';
import { CandleSource, isHistory, volumeUnit } from './candle-source.js';
import { type CcxtLike, internalsOf, isCapable } from './exchange.js';
import { askedDepth, type ExchangeFacts, factsOf } from './exchange-facts.js';
import { Gateway } from './gateway.js';
import type { ListedMarket, MarketType } from './listing.js';
import { ListingSource } from './listing-source.js';
import { planRequests } from './plan-requests.js';
import type { CcxtProviderOptions } from './provider-options.js';
import { readBook, readTrades } from './read-orders.js';
import { rewriteUrls } from './rewrite-urls.js';
import { ServerClock, type TimeQuestion } from './server-clock.js';
import { ExchangeStreams } from './streams/exchange-streams.js';
import { TickerSource } from './ticker-source.js';

const DEFAULT_TIMEOUT_MS = 8_000;
/** ccxt's pause between requests where an exchange class has none. */
const USUAL_RATE_LIMIT_MS = 1_000;
/** An order book of so long ago is that of another moment, which an exchange cannot show. */
const PRESENT_MS = 60_000;

/** The provider over one exchange: each question is read against the exchange's clock and listing, and asked through the gateway. */
export class ExchangeProvider implements DataProvider {
  readonly id: string;
  readonly #exchange: CcxtLike;
  readonly #facts: ExchangeFacts;
  readonly #gateway: Gateway;
  readonly #clock: ServerClock;
  readonly #tickers: TickerSource;
  readonly #candles: CandleSource;
  readonly #listing: ListingSource;
  readonly #types: readonly MarketType[];
  readonly #streams: ExchangeStreams;
  readonly #streamsBooks: boolean;
  readonly #streamsHistory: boolean;

  constructor(exchange: CcxtLike, options: CcxtProviderOptions) {
    const { timers = systemTimers, timeoutMs = DEFAULT_TIMEOUT_MS, baseUrl } = options;
    requireTimeout(timeoutMs);
    if (baseUrl !== undefined) rewriteUrls(exchange, baseUrl);
    const settings = exchange.options as { uta?: unknown };
    settings.uta ??= false;
    this.id = exchange.id;
    this.#exchange = exchange;
    const types = options.marketTypes ?? [defaultType(exchange)];
    const kind = limitedAs(exchange.id, types);
    const name = baseUrl === undefined ? kind : `${kind}@${baseUrl}`;
    const rateLimitMs = internalsOf(exchange).rateLimit ?? USUAL_RATE_LIMIT_MS;
    this.#facts = factsOf(kind, rateLimitMs, name);
    this.#gateway = new Gateway({
      exchange,
      facts: this.#facts,
      name,
      budget: options.budget ?? processRateBudget,
      timers,
      timeoutMs,
      random: options.random ?? Math.random,
    });
    this.#clock = new ServerClock(options.clock ?? Date.now, timers, this.#timeQuestion());
    this.#types = types;
    this.#listing = new ListingSource(exchange, this.#gateway, types);
    const parts = { exchange, gateway: this.#gateway, logger: options.logger ?? silentLogger };
    this.#tickers = new TickerSource(parts);
    this.#candles = new CandleSource({
      ...{ ...parts, facts: this.#facts, clock: this.#clock },
      ...(options.streamHistory && {
        snapshot: (symbol, timeframe) => this.#streams.snapshot(symbol, timeframe),
      }),
    });
    this.#streamsBooks = options.streamBooks ?? false;
    this.#streamsHistory = options.streamHistory ?? false;
    this.#streams = new ExchangeStreams({
      ...{ ...parts, timers, clock: this.#clock, random: options.random ?? Math.random },
      volumeUnit: (listed) => volumeUnit(exchange, listed),
      refill: (listed, timeframe, limit, asOf) =>
        this.#candles.fetch({ listed, timeframe, limit, asOf, options: undefined }),
    });
  }

  async fetchTime(options?: RequestOptions): Promise<number> {
    await this.#present(options);
    return this.#clock.now();
  }

  async fetchMarkets(options?: DataRequestOptions): Promise<readonly Market[]> {
    const asOf = await this.#present(options);
    const listed = await this.#listing.refresh(options);
    return Array.from(listed.values(), ({ market }) => market).filter(
      ({ listedAt }) => listedAt === undefined || listedAt <= asOf,
    );
  }

  async fetchTickers(
    symbols: readonly string[],
    options?: DataRequestOptions,
  ): Promise<readonly Ticker[]> {
    this.#requirePresent('tickers', await this.#present(options));
    const listed = await this.#listing.known(options);
    const wanted = new Map<string, ListedMarket>();
    for (const symbol of symbols) {
      const own = listed.get(symbol);
      if (own !== undefined) wanted.set(symbol, own);
    }
    return this.#tickers.fetch(wanted, this.#clock.now(), options);
  }

  async fetchCandles(
    symbol: string,
    timeframe: Timeframe,
    limit: number,
    options?: DataRequestOptions,
  ): Promise<CandleSeries> {
    requireCount('limit', limit);
    const asOf = await this.#present(options);
    const listed = await this.#listing.require(symbol, options);
    return this.#candles.fetch({ listed, timeframe, limit, asOf, options });
  }

  async fetchOrderBook(
    symbol: string,
    depth: number,
    options?: DataRequestOptions,
  ): Promise<OrderBook> {
    requireCount('depth', depth);
    this.#requirePresent('order books', await this.#present(options), symbol);
    const { contractSize } = await this.#listing.require(symbol, options);
    const asked = askedDepth(this.#facts, depth);
    const read = (answer: unknown): OrderBook =>
      readBook(answer, { depth, contractSize, now: this.#clock.now() });
    const pushed = this.#streamsBooks ? this.#streams.book(symbol, depth) : undefined;
    if (pushed !== undefined) return read(pushed);
    return this.#gateway.call({
      endpoint: 'orderBook',
      rows: asked ?? depth,
      priority: 'urgent',
      symbol,
      options,
      ask: async () => read(await this.#exchange.fetchOrderBook(symbol, asked)),
    });
  }

  async fetchTrades(
    symbol: string,
    limit: number,
    options?: DataRequestOptions,
  ): Promise<TradeSeries> {
    requireCount('limit', limit);
    const asOf = await this.#present(options);
    this.#requirePresent('trades', asOf, symbol);
    const { contractSize } = await this.#listing.require(symbol, options);
    return this.#gateway.call({
      endpoint: 'trades',
      rows: limit,
      priority: 'urgent',
      symbol,
      options,
      ask: async () => {
        const answer = await this.#exchange.fetchTrades(symbol, undefined, limit);
        return readTrades(answer, { limit, contractSize, asOf });
      },
    });
  }

  async *watchCandles(
    symbol: string,
    timeframe: Timeframe,
    options?: RequestOptions,
  ): AsyncGenerator<Candle, void, undefined> {
    await this.#present(options);
    const listed = await this.#listing.require(symbol, options);
    yield* this.#streams.candles(listed, timeframe, options?.signal);
  }

  streamedStretch(symbol: string, timeframe: Timeframe): TimeStretch | undefined {
    return this.#streams.stretch(symbol, timeframe);
  }

  /** Closes what the provider opened; the exchange is the caller's. */
  async close(): Promise<void> {
    this.#streams.close();
  }

  planRequests(
    questions: readonly PlannedQuestion[],
    pass: PlannedPass,
  ): readonly PlannedRequests[] {
    const asked = questions.filter((question) => !this.#isStreamed(question, pass));
    return planRequests(asked, pass, this.#facts, this.#types);
  }

  /** Whether a question takes no request, since its answer comes over a stream. */
  #isStreamed({ kind, rows = 1 }: PlannedQuestion, pass: PlannedPass): boolean {
    if (kind === 'orderBook') {
      return pass === 'repeated' && this.#streamsBooks && this.#streams.pushesBooks(rows);
    }
    const isFill = kind === 'candles' && isHistory(rows);
    return isFill && this.#streamsHistory && this.#streams.pushesHistory(rows);
  }

  /** The moment a request speaks of, never later than the exchange's present, which is measured where need be. */
  async #present(options: DataRequestOptions | undefined): Promise<number> {
    momentOf(options, () => 0);
    await this.#clock.synchronize(options);
    return Math.min(options?.asOf ?? Number.POSITIVE_INFINITY, this.#clock.now());
  }

  #requirePresent(what: string, asOf: number, symbol?: string): void {
    if (this.#clock.now() - asOf <= PRESENT_MS) return;
    throw new ScannerError('unsupported', `${this.id} shows ${what} of the present alone`, {
      symbol,
    });
  }

  #timeQuestion(): TimeQuestion | undefined {
    const exchange = this.#exchange;
    if (!isCapable(exchange, 'fetchTime')) return undefined;
    return (options) =>
      this.#gateway.call({
        endpoint: 'time',
        priority: 'urgent',
        options,
        ask: async () => {
          const time = await internalsOf(exchange).fetchTime?.();
          if (Number.isSafeInteger(time)) return time as number;
          throw new ScannerError(
            'bad_data',
            `the exchange's time must be whole epoch milliseconds, was ${quote(time)}`,
          );
        },
      });
  }
}

function defaultType(exchange: CcxtLike): MarketType {
  const { defaultType } = exchange.options as { defaultType?: unknown };
  return defaultType === 'swap' || defaultType === 'future' || exchange.id === 'binanceusdm'
    ? 'swap'
    : 'spot';
}

/** ccxt's `binance` serves contracts, too, from the host and within the limits of `binanceusdm`. */
function limitedAs(id: string, types: readonly MarketType[]): string {
  return id === 'binance' && types.includes('swap') ? 'binanceusdm' : id;
}

function requireTimeout(timeoutMs: number): void {
  if (timeoutMs > 0 && Number.isFinite(timeoutMs)) return;
  throw new ScannerError('config', `timeoutMs must be finite and above 0, was ${quote(timeoutMs)}`);
}
