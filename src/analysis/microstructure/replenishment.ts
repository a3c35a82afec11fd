import type { BookSide, OrderBook } from '../../market/order-book.js';

/** A touch that loses less than this share of its amount is not depleted. */
const DEPLETION = 0.5;

/**
 * Share of the amount lost at the touch that was back within `withinMs`, 0 to 1: how fast a book heals.
 *
 * A touch is depleted when at least half of what rested at the best price is gone from there and better prices one book later,
 * taken or withdrawn. It is healed by as much as rests there at the best moment of the following `withinMs`. Depletions whose
 * aftermath the books do not reach are left out.
 *
 * @param books - Oldest first, both sides filled.
 * @returns `undefined` when no touch was depleted.
 */
export function replenishment(books: readonly OrderBook[], withinMs: number): number | undefined {
  let lost = 0;
  let restored = 0;
  const end = books.at(-1)?.time ?? 0;
  for (let i = 1; i < books.length && books[i].time + withinMs <= end; i++) {
    for (const side of ['bids', 'asks'] as const) {
      const { price, amount } = books[i - 1][side];
      const left = amountAtOrBetter(books[i][side], price[0], side);
      const gone = amount[0] - left;
      if (gone < DEPLETION * amount[0]) continue;
      lost += gone;
      restored += Math.min(gone, mostAfter(books, i, withinMs, price[0], side) - left);
    }
  }
  return lost === 0 ? undefined : restored / lost;
}

function mostAfter(
  books: readonly OrderBook[],
  start: number,
  withinMs: number,
  price: number,
  side: 'bids' | 'asks',
): number {
  const until = books[start].time + withinMs;
  let most = 0;
  for (let i = start; i < books.length && books[i].time <= until; i++) {
    most = Math.max(most, amountAtOrBetter(books[i][side], price, side));
  }
  return most;
}

function amountAtOrBetter(
  { price, amount, length }: BookSide,
  limit: number,
  side: 'bids' | 'asks',
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    if (side === 'bids' ? price[i] < limit : price[i] > limit) break;
    sum += amount[i];
  }
  return sum;
}
