import type { OrderBook } from '../../market/order-book.js';
import { toBps } from '../../market/units.js';
import { midPrice } from './mid-price.js';

/** Best ask minus best bid, in quote currency; 0 in a locked book, `NaN` when a side is empty. */
export function spread({ bids, asks }: OrderBook): number {
  return bids.length > 0 && asks.length > 0 ? asks.price[0] - bids.price[0] : Number.NaN;
}

/** {@link spread} in basis points of the mid price. */
export function spreadBps(book: OrderBook): number {
  return toBps(spread(book) / midPrice(book));
}
