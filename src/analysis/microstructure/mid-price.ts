import type { OrderBook } from '../../market/order-book.js';

/**
 * Halfway between the best bid and the best ask, in quote currency; `NaN` when a side is empty.
 *
 * What needs both sides of a book follows this rule throughout: one missing side gives `NaN`, never a guess from the other. In a
 * locked book (best bid equal to best ask) the mid price is that price.
 */
export function midPrice({ bids, asks }: OrderBook): number {
  return bids.length > 0 && asks.length > 0 ? (bids.price[0] + asks.price[0]) / 2 : Number.NaN;
}

/**
 * Geometric mean of the best bid and the best ask, in quote currency; `NaN` when a side is empty.
 *
 * The mid price that a market and its mirror image share: inverting every price inverts it.
 */
export function geometricMid({ bids, asks }: OrderBook): number {
  return bids.length > 0 && asks.length > 0
    ? Math.sqrt(bids.price[0]) * Math.sqrt(asks.price[0])
    : Number.NaN;
}

/**
 * Mid price weighted across, in quote currency: `I * ask + (1 - I) * bid` with `I = bidAmount / (bidAmount + askAmount)` at the
 * touch, so a heavy bid pulls it toward the ask. `NaN` when a side is empty.
 *
 * Not the micro-price of Stoikov (2018), whose adjustment is estimated from data.
 *
 * @example
 * ```ts
 * import { OrderBook } from 'enhanced-market-scanner';
 * import { weightedMid } from 'enhanced-market-scanner/analysis';
 *
 * console.log(weightedMid(OrderBook.from({ time: 0, bids: [[100, 30]], asks: [[101, 10]] }))); // 100.75
 * ```
 */
export function weightedMid({ bids, asks }: OrderBook): number {
  if (bids.length === 0 || asks.length === 0) return Number.NaN;
  const bid = bids.price[0];
  const imbalance = bids.amount[0] / (bids.amount[0] + asks.amount[0]);
  return bid + imbalance * (asks.price[0] - bid);
}
