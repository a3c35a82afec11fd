import { quote, ScannerError } from '../errors.js';
import { CandleSeries } from '../market/candle-series.js';
import { type BookLevel, type BookSide, OrderBook } from '../market/order-book.js';
import { type Trade, TradeSeries } from '../market/trade-series.js';

/*
 * A provider may come from JavaScript, and its objects from another copy of this package: what is not of this copy's making is
 * proved anew, by its columns.
 */

/** A series out of an answer. @throws ScannerError `bad_data` when it is none. */
export function readCandles(answer: unknown): CandleSeries {
  return proved('fetchCandles', 'a CandleSeries', answer, () => {
    if (answer instanceof CandleSeries) return answer;
    const { time, open, high, low, close, volume } = answer as CandleSeries;
    const columns = { time, open, high, low, close, volume };
    return areColumns(Object.values(columns)) ? CandleSeries.fromColumns(columns) : undefined;
  });
}

/** A book out of an answer. @throws ScannerError `bad_data` when it is none. */
export function readOrderBook(answer: unknown): OrderBook {
  return proved('fetchOrderBook', 'an OrderBook', answer, () => {
    if (answer instanceof OrderBook) return answer;
    const { time, bids, asks } = answer as OrderBook;
    const sides = [bids, asks].flatMap((side) => [side?.price, side?.amount]);
    return areColumns(sides)
      ? OrderBook.from({ time, bids: levels(bids), asks: levels(asks) })
      : undefined;
  });
}

/** Trades out of an answer. @throws ScannerError `bad_data` when it holds none. */
export function readTrades(answer: unknown): TradeSeries {
  return proved('fetchTrades', 'a TradeSeries', answer, () => {
    if (answer instanceof TradeSeries) return answer;
    const { time, price, amount, side } = answer as TradeSeries;
    return areColumns([time, price, amount]) && side instanceof Int8Array
      ? TradeSeries.from(trades({ time, price, amount, side }))
      : undefined;
  });
}

function proved<T>(call: string, type: string, answer: unknown, read: () => T | undefined): T {
  try {
    const result = typeof answer === 'object' && answer !== null ? read() : undefined;
    if (result !== undefined) return result;
  } catch (error) {
    if (ScannerError.is(error)) throw error;
    // A getter of the answer, or a trap of its proxy.
    const reason = error instanceof Error ? error.message : error;
    throw badAnswer(`${call} gave ${type} that cannot be read: ${quote(reason)}`, error);
  }
  throw badAnswer(`${call} must give ${type}, gave ${quote(answer)}`);
}

function badAnswer(message: string, cause?: unknown): ScannerError {
  return new ScannerError('bad_data', message, { cause });
}

function areColumns(values: readonly unknown[]): boolean {
  return values.every((value) => value instanceof Float64Array);
}

function levels({ price, amount }: BookSide): BookLevel[] {
  return Array.from(price, (each, i) => [each, amount[i]]);
}

function trades(columns: Pick<TradeSeries, 'time' | 'price' | 'amount' | 'side'>): Trade[] {
  const { time, price, amount, side } = columns;
  return Array.from(time, (each, i) => ({
    time: each,
    price: price[i],
    amount: amount[i],
    side: SIDES.get(side[i]) as Trade['side'],
  }));
}

const SIDES: ReadonlyMap<number, Trade['side']> = new Map([
  [1, 'buy'],
  [-1, 'sell'],
]);
