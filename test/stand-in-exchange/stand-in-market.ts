import type { Candle } from '../../src/market/candle-series.js';
import type { Market } from '../../src/market/market.js';
import type { OrderBook } from '../../src/market/order-book.js';
import type { Ticker } from '../../src/market/ticker.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../src/market/timeframe.js';
import type { Trade } from '../../src/market/trade-series.js';
import type { Clock } from '../../src/ports/clock.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';

const MINUTE_MS = 60_000;

/** A day's figures as exchanges give them, besides what a ticker of ours has. */
export interface DayFigures extends Ticker {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly baseVolume: number;
}

/** The invented market behind the stand-in, in the exchange's own terms: ids instead of symbols, and a candle still forming. */
export class StandInMarket {
  readonly #provider;
  readonly #now: Clock;
  readonly #markets: Map<string, Market> = new Map();

  private constructor(symbols: number, seed: number, now: Clock) {
    this.#provider = syntheticProvider({ symbols, seed, now });
    this.#now = now;
  }

  static async open(symbols: number, seed: number, now: Clock): Promise<StandInMarket> {
    const market = new StandInMarket(symbols, seed, now);
    for (const listed of await market.#provider.fetchMarkets()) {
      market.#markets.set(listed.base + listed.quote, listed);
    }
    return market;
  }

  now(): number {
    return this.#now();
  }

  /** Markets by the exchange's id, such as `BTCUSDT`. */
  get markets(): ReadonlyMap<string, Market> {
    return this.#markets;
  }

  /** The newest `limit` candles that opened at `until` or before, the one that is still forming among them. */
  async candles(id: string, timeframe: Timeframe, limit: number, until: number): Promise<Candle[]> {
    const span = timeframeMs(timeframe);
    const open = candleOpen(this.#now(), timeframe);
    const asOf = Math.min(candleOpen(until, timeframe) + span, this.#now());
    const symbol = this.#symbol(id);
    const closed = [...(await this.#provider.fetchCandles(symbol, timeframe, limit, { asOf }))];
    if (until >= open) closed.push(await this.#forming(symbol, open));
    return closed.slice(-limit);
  }

  async tickers(): Promise<ReadonlyMap<string, DayFigures>> {
    const symbols = Array.from(this.#markets.values(), ({ symbol }) => symbol);
    const tickers = new Map(
      (await this.#provider.fetchTickers(symbols)).map((ticker) => [ticker.symbol, ticker]),
    );
    const figures = new Map<string, DayFigures>();
    for (const [id, { symbol }] of this.#markets) {
      const ticker = tickers.get(symbol);
      if (ticker !== undefined) figures.set(id, await this.#figures(symbol, ticker));
    }
    return figures;
  }

  book(id: string, depth: number): Promise<OrderBook> {
    return this.#provider.fetchOrderBook(this.#symbol(id), depth);
  }

  /** The newest trades, oldest first. */
  async trades(id: string, limit: number): Promise<Trade[]> {
    const { time, price, amount, side } = await this.#provider.fetchTrades(this.#symbol(id), limit);
    return Array.from(time, (at, i) => ({
      time: at,
      price: price[i],
      amount: amount[i],
      side: side[i] > 0 ? 'buy' : 'sell',
    }));
  }

  has(id: string): boolean {
    return this.#markets.has(id);
  }

  async #figures(symbol: string, ticker: Ticker): Promise<DayFigures> {
    const day = await this.#provider.fetchCandles(symbol, '1h', 24);
    return {
      ...ticker,
      time: this.#now(),
      open: ticker.change24h === undefined ? ticker.last : ticker.last / (1 + ticker.change24h),
      high: Math.max(ticker.last, ...day.high),
      low: Math.min(ticker.last, ...day.low),
      baseVolume: (ticker.quoteVolume24h ?? 0) / ticker.last,
    };
  }

  async #forming(symbol: string, open: number): Promise<Candle> {
    const minutes = Math.floor((this.#now() - open) / MINUTE_MS);
    const recent = await this.#provider.fetchCandles(symbol, '1m', Math.max(1, minutes));
    const parts = [...recent].filter(({ time }) => time >= open);
    const last = recent.at(-1)?.close ?? 1;
    return {
      time: open,
      open: parts[0]?.open ?? last,
      high: Math.max(last, ...parts.map(({ high }) => high)),
      low: Math.min(last, ...parts.map(({ low }) => low)),
      close: last,
      volume: parts.reduce((sum, { volume }) => sum + volume, 0),
    };
  }

  #symbol(id: string): string {
    const market = this.#markets.get(id);
    if (market === undefined) throw new Error(`the stand-in has no market ${id}`);
    return market.symbol;
  }
}
