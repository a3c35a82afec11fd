import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Market } from '../../market/market.js';
import { OrderBook } from '../../market/order-book.js';
import type { Ticker } from '../../market/ticker.js';
import { tickerFromCandles } from '../../market/ticker-from-candles.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { type Trade, TradeSeries } from '../../market/trade-series.js';
import type {
  DataProvider,
  DataRequestOptions,
  RequestOptions,
} from '../../ports/data-provider.js';
import { momentOf, requireCount, unknownSymbol } from '../request.js';
import type { AdvancingClock } from './advancing-clock.js';
import { COMMON_VOLATILITY, drawListings } from './listing.js';
import { MarketHistory } from './market-history.js';
import { minuteTrades } from './minute-trades.js';
import { type HourlyPath, PricePath } from './price-path.js';
import { Recent } from './recent.js';
import { restingOrders } from './resting-orders.js';
import { DAY_MINUTES, DAY_MS } from './session.js';

/** Market-days whose minutes are remembered: the last week of 64 markets, some 30 MB. */
const REMEMBERED_MINUTES = 448;
/** Days of the common path that are remembered. */
const REMEMBERED_DAYS = 128;
/** The candles that momentum is read from: a quarter of an hour. */
const MOMENTUM_MINUTES = 15;

/** An exchange whose every answer is a function of the seed, the question and the moment. */
export class SyntheticExchange implements DataProvider {
  readonly id: string;
  readonly #seed: number;
  readonly #clock: AdvancingClock;
  readonly #histories: Map<string, MarketHistory> = new Map();

  constructor(seed: number, symbols: number, clock: AdvancingClock) {
    this.id = `synthetic:${seed}`;
    this.#seed = seed;
    this.#clock = clock;
    const common = new PricePath(COMMON_VOLATILITY, seed, 0);
    const hours = new Recent<HourlyPath>(REMEMBERED_DAYS);
    const wiggles = new Recent<Float64Array>(REMEMBERED_DAYS);
    const exchange = {
      seed,
      common: {
        hours: (day: number) => hours.get(day, () => common.hours(day)),
        wiggle: (day: number) => wiggles.get(day, () => common.wiggle(day)),
      },
      minutes: new Recent<CandleSeries>(REMEMBERED_MINUTES),
    };
    for (const listing of drawListings(seed, symbols)) {
      this.#histories.set(listing.market.symbol, new MarketHistory(listing, exchange));
    }
  }

  now(): number {
    return this.#clock.now();
  }

  async fetchTime(): Promise<number> {
    return this.#clock.now();
  }

  advance(ms: number): void {
    this.#clock.advance(ms);
  }

  async fetchMarkets(options?: DataRequestOptions): Promise<readonly Market[]> {
    const moment = this.#momentOf(options);
    return Array.from(this.#histories.values(), ({ listing }) => listing)
      .filter((listing) => listing.listedAt <= moment)
      .map((listing) => listing.market);
  }

  async fetchTickers(
    symbols: readonly string[],
    options?: DataRequestOptions,
  ): Promise<readonly Ticker[]> {
    const moment = this.#momentOf(options);
    return symbols
      .map((symbol) => this.#histories.get(symbol))
      .map((history) => history && this.#ticker(history, moment))
      .filter((ticker) => ticker !== undefined);
  }

  async fetchCandles(
    symbol: string,
    timeframe: Timeframe,
    limit: number,
    options?: DataRequestOptions,
  ): Promise<CandleSeries> {
    const moment = this.#momentOf(options);
    requireCount('limit', limit);
    return this.#require(symbol).candles(timeframe, limit, moment);
  }

  async fetchOrderBook(
    symbol: string,
    depth: number,
    options?: DataRequestOptions,
  ): Promise<OrderBook> {
    const moment = this.#momentOf(options);
    requireCount('depth', depth);
    return this.#book(this.#require(symbol), depth, moment);
  }

  async fetchTrades(
    symbol: string,
    limit: number,
    options?: DataRequestOptions,
  ): Promise<TradeSeries> {
    const moment = this.#momentOf(options);
    requireCount('limit', limit);
    const history = this.#require(symbol);
    const parts: Trade[][] = [];
    const minutes = history.counts('1m', DAY_MINUTES, moment);
    const dayAgo = moment - DAY_MS;
    let missing = limit;
    for (let i = minutes.length - 1; i >= 0 && minutes.time[i] >= dayAgo && missing > 0; i--) {
      if (minutes.volume[i] === 0) continue;
      const trades = minuteTrades(this.#seed, history.listing, minutes.at(i) as Candle);
      missing -= trades.length;
      parts.push(trades);
    }
    return TradeSeries.from(parts.reverse().flat()).slice(-limit);
  }

  async *watchCandles(
    symbol: string,
    timeframe: Timeframe,
    options?: RequestOptions,
  ): AsyncGenerator<Candle> {
    const history = this.#require(symbol);
    const span = timeframeMs(timeframe);
    for (let seen = this.#clock.now(); !options?.signal?.aborted; ) {
      const now = this.#clock.now();
      const newest = Math.ceil((now - seen) / span) + 1;
      for (const candle of history.candles(timeframe, newest, now)) {
        if (candle.time + span > seen && !options?.signal?.aborted) yield candle;
      }
      seen = now;
      await this.#clock.until(candleOpen(seen, timeframe) + span, options?.signal);
    }
  }

  #ticker(history: MarketHistory, moment: number): Ticker | undefined {
    // One candle more than a day has: the change is against the close before the first.
    const minutes = history.candles('1m', DAY_MINUTES + 1, moment);
    const ticker = tickerFromCandles(history.listing.market.symbol, minutes, '1m', moment);
    if (ticker === undefined) return undefined;
    const { bids, asks } = this.#book(history, 1, moment);
    return {
      ...ticker,
      bid: bids.price[0],
      ask: asks.price[0],
      quoteVolume24h: ticker.quoteVolume24h ?? 0,
    };
  }

  #book(history: MarketHistory, depth: number, moment: number): OrderBook {
    const { listing } = history;
    const minutes = history.counts('1m', MOMENTUM_MINUTES, moment);
    if (minutes.length === 0 || moment > listing.haltedAt) {
      return OrderBook.from({ time: moment, bids: [], asks: [] });
    }
    const close = minutes.close[minutes.length - 1];
    const momentum = Math.log(close / minutes.open[0]);
    return restingOrders(this.#seed, listing, { time: moment, close, momentum }, depth);
  }

  // Between two minutes the exchange stands still, so that book, ticker and trades agree with the last closed candle.
  #momentOf(options: DataRequestOptions | undefined): number {
    const present = (): number => this.#clock.now();
    return candleOpen(momentOf(options, present), '1m');
  }

  #require(symbol: string): MarketHistory {
    const history = this.#histories.get(symbol);
    if (history === undefined) throw unknownSymbol(this.id, symbol);
    return history;
  }
}
