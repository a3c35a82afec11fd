import { type BookLevel, type BookSide, OrderBook } from '../../market/order-book.js';

interface Sides {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** What can be wrong with an order book. */
export type BookFaultName =
  | 'crossed-book'
  | 'locked-book'
  | 'empty-book'
  | 'one-sided-book'
  | 'thin-book';

/** Faults of order books, by name. A crossed one is refused as `bad_data`. */
export const BOOK_FAULTS: Readonly<Record<BookFaultName, (sides: Sides) => Sides>> = {
  'crossed-book': ({ bids, asks }) => ({ bids: asks.toReversed(), asks: bids.toReversed() }),
  'locked-book': ({ bids, asks }) => ({ bids, asks: [bids[0], ...asks] }),
  'empty-book': () => ({ bids: [], asks: [] }),
  'one-sided-book': ({ bids }) => ({ bids, asks: [] }),
  'thin-book': ({ bids, asks }) => ({ bids: bids.slice(0, 1), asks: asks.slice(0, 1) }),
};

/**
 * The book of a source with a fault.
 *
 * @throws ScannerError `bad_data` where the fault breaks a rule of `OrderBook`.
 */
export function withBookFault(fault: BookFaultName, book: OrderBook): OrderBook {
  if (book.bids.length === 0 || book.asks.length === 0) return book;
  const sides = { bids: levels(book.bids), asks: levels(book.asks) };
  return OrderBook.from({ time: book.time, ...BOOK_FAULTS[fault](sides) });
}

function levels({ price, amount }: BookSide): BookLevel[] {
  return Array.from(price, (value, i) => [value, amount[i]]);
}
