import { CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import type { OrderBook } from '../market/order-book.js';
import type { Ticker } from '../market/ticker.js';
import { tickerFromCandles } from '../market/ticker-from-candles.js';
import type { Timeframe } from '../market/timeframe.js';
import type { TradeSeries } from '../market/trade-series.js';
import type { Clock } from '../ports/clock.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';
import type { CandleShelf } from './candle-shelf.js';
import {
  bookAt,
  bySymbol,
  type CandlesByTimeframe,
  shelfOf,
  tradesAt,
} from './memory/given-data.js';
import { clockFrom, momentOf, requireCount, unknownSymbol } from './request.js';

/** What {@link memoryProvider} serves. */
export interface MemoryProviderOptions {
  /** @defaultValue 'memory' */
  readonly id?: string;
  readonly markets: readonly Market[];
  /** By symbol. A market without an entry has no candles. */
  readonly candles?: Readonly<Record<string, CandlesByTimeframe>>;
  /** A ticker holds from its own time on; where none holds, one is derived from the shortest candles. */
  readonly tickers?: readonly Ticker[];
  /** By symbol, in any order: the newest that is not later than the moment asked for is served. */
  readonly orderBooks?: Readonly<Record<string, OrderBook | readonly OrderBook[]>>;
  /** By symbol. */
  readonly trades?: Readonly<Record<string, TradeSeries>>;
  /**
   * The provider's present: a fixed moment, or a clock.
   * @defaultValue the close of the newest candle of any market
   */
  readonly now?: number | Clock;
}

/**
 * A provider over data that is already there: for tests, and for bots with a store of their own.
 *
 * It serves any moment: asked with `asOf`, it answers as if nothing later had happened. Order books and trades are
 * capabilities of the provider only where they were given.
 *
 * @throws ScannerError `bad_data` when candles break a rule of `CandleSeries`, `config` when data names a symbol that is
 * not among the markets.
 *
 * @example
 * ```ts
 * import { memoryProvider } from 'enhanced-market-scanner/providers';
 *
 * const provider = memoryProvider({
 *   markets: [
 *     { symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', tickSize: 0.01, lotSize: 1e-5, minNotional: 5, takerFeeBps: 10 },
 *   ],
 *   candles: { 'BTC/USDT': { '1m': [[1_700_000_040_000, 100, 101, 99, 100.5, 12]] } },
 * });
 * ```
 */
export function memoryProvider(options: MemoryProviderOptions): DataProvider {
  const { id = 'memory', markets, tickers = [], orderBooks, trades } = options;
  const symbols = new Set(markets.map((market) => market.symbol));
  const shelves = new Map<string, CandleShelf>();
  for (const [symbol, candles] of bySymbol('candles', options.candles, symbols)) {
    const shelf = shelfOf(symbol, candles);
    if (shelf !== undefined) shelves.set(symbol, shelf);
  }
  const books = bySymbol('orderBooks', orderBooks, symbols);
  const tape = bySymbol('trades', trades, symbols);
  const present = clockFrom(options.now ?? newestClose(shelves.values()));

  const begin = (symbol: string, name: string, count: number, request?: DataRequestOptions) => {
    const asOf = momentOf(request, present);
    requireCount(name, count);
    if (!symbols.has(symbol)) throw unknownSymbol(id, symbol);
    return asOf;
  };

  const tickerAt = (symbol: string, asOf: number): Ticker | undefined => {
    const given = tickers.filter((ticker) => ticker.symbol === symbol && ticker.time <= asOf);
    if (given.length > 0) return given.reduce((a, b) => (b.time > a.time ? b : a));
    const shelf = shelves.get(symbol);
    if (shelf === undefined) return undefined;
    const { baseTimeframe } = shelf;
    return tickerFromCandles(symbol, shelf.base, baseTimeframe, asOf);
  };

  return {
    id,
    async fetchTime() {
      return present();
    },
    async fetchMarkets(request?: DataRequestOptions) {
      const asOf = momentOf(request, present);
      return markets.filter(({ listedAt }) => listedAt === undefined || listedAt <= asOf);
    },
    async fetchTickers(wanted: readonly string[], request?: DataRequestOptions) {
      const asOf = momentOf(request, present);
      return wanted
        .filter((symbol) => symbols.has(symbol))
        .map((symbol) => tickerAt(symbol, asOf))
        .filter((ticker) => ticker !== undefined);
    },
    async fetchCandles(
      symbol: string,
      timeframe: Timeframe,
      limit: number,
      request?: DataRequestOptions,
    ) {
      const asOf = begin(symbol, 'limit', limit, request);
      return shelves.get(symbol)?.at(timeframe, asOf).slice(-limit) ?? CandleSeries.empty();
    },
    ...(orderBooks && {
      async fetchOrderBook(symbol: string, depth: number, request?: DataRequestOptions) {
        const asOf = begin(symbol, 'depth', depth, request);
        return bookAt(symbol, [books.get(symbol) ?? []].flat(), asOf, depth);
      },
    }),
    ...(trades && {
      async fetchTrades(symbol: string, limit: number, request?: DataRequestOptions) {
        const asOf = begin(symbol, 'limit', limit, request);
        return tradesAt(tape.get(symbol), asOf, limit);
      },
    }),
  };
}

// Without a single candle there is no present to speak of; the epoch is before everything, so nothing is served.
function newestClose(shelves: Iterable<CandleShelf>): number {
  return Math.max(0, ...Array.from(shelves, (shelf) => shelf.end));
}
