import { quote, ScannerError } from '../errors.js';

/** One side of a book, best price first. */
export interface BookSide {
  readonly length: number;
  readonly price: Float64Array;
  /** Resting base amount at each price. */
  readonly amount: Float64Array;
}

/** A level as exchanges send it; what follows price and amount is ignored. */
export type BookLevel = readonly [price: number, amount: number, ...rest: unknown[]];

/** What {@link OrderBook.from} reads. */
export interface OrderBookSnapshot {
  /** When the exchange took it, epoch milliseconds. */
  readonly time: number;
  readonly bids: Iterable<BookLevel>;
  readonly asks: Iterable<BookLevel>;
}

/**
 * A sorted, uncrossed snapshot of resting orders.
 *
 * Either side may be empty, and the best bid may equal the best ask (a locked book); it is never above it.
 *
 * @example
 * ```ts
 * import { OrderBook } from 'enhanced-market-scanner';
 *
 * const book = OrderBook.from({ time: 0, bids: [[100, 30]], asks: [[101, 10]] });
 * console.log(book.bids.price[0], book.asks.amount[0]); // 100 10
 * ```
 */
export class OrderBook {
  private constructor(
    readonly time: number,
    readonly bids: BookSide,
    readonly asks: BookSide,
  ) {}

  /**
   * Copies a snapshot.
   *
   * @throws ScannerError `bad_data` naming the level when a price or an amount is not finite and above 0, when a side is
   * not sorted best first with each price once, or when the best bid is above the best ask.
   */
  static from(snapshot: OrderBookSnapshot): OrderBook {
    if (!Number.isSafeInteger(snapshot.time)) {
      throw new ScannerError(
        'bad_data',
        `book time must be whole epoch milliseconds, was ${quote(snapshot.time)}`,
      );
    }
    const bids = side('bid', snapshot.bids);
    const asks = side('ask', snapshot.asks);
    if (bids.length > 0 && asks.length > 0 && bids.price[0] > asks.price[0]) {
      throw new ScannerError(
        'bad_data',
        `book is crossed: best bid ${bids.price[0]} is above best ask ${asks.price[0]}`,
      );
    }
    return new OrderBook(snapshot.time, bids, asks);
  }
}

function side(name: 'bid' | 'ask', levels: Iterable<BookLevel>): BookSide {
  const rows = [...levels];
  const price = new Float64Array(rows.length);
  const amount = new Float64Array(rows.length);
  const worsens = name === 'bid' ? -1 : 1;
  for (let i = 0; i < rows.length; i++) {
    price[i] = positive(rows[i]?.[0], `${name} ${i}: price`);
    amount[i] = positive(rows[i]?.[1], `${name} ${i}: amount`);
    if (i > 0 && (price[i] - price[i - 1]) * worsens <= 0) {
      throw new ScannerError(
        'bad_data',
        `${name} ${i}: ${name}s must be sorted best first, was ${price[i]} after ${price[i - 1]}`,
      );
    }
  }
  return { length: rows.length, price, amount };
}

function positive(value: unknown, what: string): number {
  if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new ScannerError('bad_data', `${what} must be finite and above 0, was ${quote(value)}`);
}
