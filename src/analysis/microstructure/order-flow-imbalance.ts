import { ScannerError } from '../../errors.js';
import type { OrderBook } from '../../market/order-book.js';

/**
 * Order-flow imbalance of Cont, Kukanov and Stoikov (2014) over successive books, in base amount: what was added to the best bid
 * and taken from the best ask, less the reverse. Above 0 buyers pressed.
 *
 * It explains the price change of the same span; it is no forecast. On an exchange's own updates it is the published quantity; of
 * snapshots taken a second apart it sees only their difference. `NaN` from fewer than two books, and when one has an empty side.
 *
 * @param books - Oldest first; several may share a time.
 * @throws ScannerError `bad_data` when a book is older than the one before it.
 *
 * @example
 * ```ts
 * import { OrderBook } from 'enhanced-market-scanner';
 * import { orderFlowImbalance } from 'enhanced-market-scanner/analysis';
 *
 * const before = OrderBook.from({ time: 0, bids: [[100, 10]], asks: [[101, 8]] });
 * const after = OrderBook.from({ time: 1000, bids: [[100, 12]], asks: [[101, 8]] });
 * console.log(orderFlowImbalance([before, after])); // 2
 * ```
 */
export function orderFlowImbalance(books: Iterable<OrderBook>): number {
  let steps = 0;
  let sum = 0;
  for (const [before, after] of successive(books)) {
    steps++;
    sum += orderFlow(before, after);
  }
  return steps === 0 ? Number.NaN : sum;
}

/**
 * {@link orderFlowImbalance} in units of the mean amount at the touch, so that deep and shallow markets compare.
 *
 * By the paper's model, half of it is the price change in ticks.
 *
 * @throws ScannerError `bad_data` when a book is older than the one before it.
 */
export function normalizedOrderFlowImbalance(books: Iterable<OrderBook>): number {
  const sequence = [...books];
  let depth = 0;
  for (const { bids, asks } of sequence) depth += (bids.amount[0] + asks.amount[0]) / 2;
  return orderFlowImbalance(sequence) / (depth / sequence.length);
}

/**
 * The order flow between two books, one term of {@link orderFlowImbalance}. A best price that improves brings its whole amount, one
 * that retreats takes its whole amount away, one that stays brings the difference. `NaN` when a side is empty.
 */
export function orderFlow(before: OrderBook, after: OrderBook): number {
  const bidMove = after.bids.price[0] - before.bids.price[0];
  const askMove = after.asks.price[0] - before.asks.price[0];
  if (Number.isNaN(bidMove + askMove)) return Number.NaN;
  const bidsAdded =
    (bidMove >= 0 ? after.bids.amount[0] : 0) - (bidMove <= 0 ? before.bids.amount[0] : 0);
  const asksAdded =
    (askMove <= 0 ? after.asks.amount[0] : 0) - (askMove >= 0 ? before.asks.amount[0] : 0);
  return bidsAdded - asksAdded;
}

/**
 * Each book with the one before it.
 *
 * @throws ScannerError `bad_data` when a book is older than the one before it.
 */
export function* successive(
  books: Iterable<OrderBook>,
): Generator<readonly [before: OrderBook, after: OrderBook]> {
  let before: OrderBook | undefined;
  for (const after of books) {
    if (before !== undefined) {
      if (after.time < before.time) {
        throw new ScannerError(
          'bad_data',
          `books must be oldest first, was ${after.time} after ${before.time}`,
        );
      }
      yield [before, after];
    }
    before = after;
  }
}
