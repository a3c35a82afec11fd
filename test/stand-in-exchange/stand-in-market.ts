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

/** What a stand-in's market is made of. */
export interface StandInMarketOptions {
  readonly symbols: number;
  readonly seed: number;
  readonly now: Clock;
  /** Whether there is no candle of a time in which nobody traded; otherwise it is flat. */
  readonly leavesOutSilence: boolean;
}

/** Of so many minutes even the thinnest market trades in some; one that does not is dead, and has flat candles. */
const SILENCE_RESERVE = 60;
/** Over so many minutes a thin market spreads the trades of one. */
const LONGEST_SPREAD = 4;

/** The invented market behind the stand-in, in the exchange's own terms: ids instead of symbols, and a candle still forming. */
export class StandInMarket {
  readonly #provider;
  readonly #now: Clock;
  readonly #leavesOutSilence: boolean;
  readonly #markets: Map<string, Market> = new Map();

  private constructor({ symbols, seed, now, leavesOutSilence }: StandInMarketOptions) {
    this.#provider = syntheticProvider({ symbols, seed, now });
    this.#now = now;
    this.#leavesOutSilence = leavesOutSilence;
  }

  static async open(options: StandInMarketOptions): Promise<StandInMarket> {
    const market = new StandInMarket(options);
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
    const candles = await this.#closed(symbol, timeframe, limit, asOf);
    if (until >= open && (await this.#hasForming(symbol, timeframe, open))) {
      candles.push(await this.#forming(symbol, open));
    }
    return candles.slice(-limit);
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

  /** Whether a candle that is forming will be there once it has closed: an exchange shows none that it takes back. */
  async #hasForming(symbol: string, timeframe: Timeframe, open: number): Promise<boolean> {
    const asOf = open + timeframeMs(timeframe);
    return (await this.#closed(symbol, timeframe, 1, asOf)).at(-1)?.time === open;
  }

  async #closed(
    symbol: string,
    timeframe: Timeframe,
    limit: number,
    asOf: number,
  ): Promise<Candle[]> {
    const asked = this.#leavesOutSilence ? SILENCE_RESERVE + limit * LONGEST_SPREAD : limit;
    const candles = [...(await this.#provider.fetchCandles(symbol, timeframe, asked, { asOf }))];
    if (!this.#leavesOutSilence) return candles;
    const isDead = candles.slice(-SILENCE_RESERVE).every(({ volume }) => volume === 0);
    return candles.filter(({ volume }) => isDead || volume > 0).slice(-limit);
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
