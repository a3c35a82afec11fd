import { quote, ScannerError } from '../../errors.js';
import { type Candle, type CandleRow, CandleSeries } from '../../market/candle-series.js';
import { OrderBook } from '../../market/order-book.js';
import { parseTimeframe, type Timeframe } from '../../market/timeframe.js';
import { TradeSeries } from '../../market/trade-series.js';
import { CandleShelf } from '../candle-shelf.js';

/** Candles of one symbol by timeframe; the shortest is the base of every longer one that it divides. */
export type CandlesByTimeframe = {
  readonly [T in Timeframe]?: CandleSeries | Iterable<Candle | CandleRow>;
};

/**
 * Entries of a record by symbol, as a map, because a symbol from outside may be called `__proto__`.
 *
 * @throws ScannerError `config` for a symbol that is not in `symbols`.
 */
export function bySymbol<T>(
  name: string,
  record: Readonly<Record<string, T>> | undefined,
  symbols: ReadonlySet<string>,
): Map<string, T> {
  const entries = Object.entries(record ?? {});
  for (const [symbol] of entries) {
    if (!symbols.has(symbol)) {
      throw new ScannerError('config', `${name} names ${quote(symbol)}, which is not a market`);
    }
  }
  return new Map(entries);
}

/** The shelf of one symbol; `undefined` where no timeframe was given. */
export function shelfOf(symbol: string, candles: CandlesByTimeframe): CandleShelf | undefined {
  const series = new Map<Timeframe, CandleSeries>();
  for (const [name, given] of Object.entries(candles)) {
    if (given === undefined) continue;
    series.set(
      parseTimeframe(name),
      given instanceof CandleSeries ? given : CandleSeries.from(given),
    );
  }
  return series.size === 0 ? undefined : new CandleShelf(symbol, series);
}

/**
 * The newest book that is not later than `asOf`, cut to its best `depth` levels.
 *
 * @throws ScannerError `insufficient_data` when there was no book yet.
 */
export function bookAt(
  symbol: string,
  books: readonly OrderBook[],
  asOf: number,
  depth: number,
): OrderBook {
  const seen = books.filter((book) => book.time <= asOf);
  if (seen.length === 0) {
    throw new ScannerError('insufficient_data', `no order book at or before ${asOf}`, { symbol });
  }
  const { time, bids, asks } = seen.reduce((a, b) => (b.time > a.time ? b : a));
  return OrderBook.from({ time, bids: levels(bids, depth), asks: levels(asks, depth) });
}

/** The newest `limit` trades that are not later than `asOf`. */
export function tradesAt(
  trades: TradeSeries | undefined,
  asOf: number,
  limit: number,
): TradeSeries {
  if (trades === undefined) return TradeSeries.from([]);
  const later = trades.time.findIndex((time) => time > asOf);
  return trades.slice(0, later === -1 ? trades.length : later).slice(-limit);
}

function levels({ price, amount }: OrderBook['bids'], depth: number): [number, number][] {
  return Array.from(price.subarray(0, depth), (p, i) => [p, amount[i]]);
}
