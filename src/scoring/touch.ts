import { toBps } from '../market/units.js';
import type { PartialSnapshot } from './voices.js';

/** The best prices a taker can have right now. */
export interface Touch {
  readonly bid: number;
  readonly ask: number;
}

/** Best bid and ask of the order book, else of the ticker; `undefined` unless one of them has both, uncrossed. */
export function touchOf({ orderBook, ticker }: PartialSnapshot): Touch | undefined {
  if (orderBook !== undefined && orderBook.bids.length > 0 && orderBook.asks.length > 0) {
    return { bid: orderBook.bids.price[0], ask: orderBook.asks.price[0] };
  }
  const { bid, ask } = ticker;
  if (bid === undefined || ask === undefined) return undefined;
  return bid > 0 && bid <= ask && ask < Number.POSITIVE_INFINITY ? { bid, ask } : undefined;
}

/** Logarithm of ask over bid in basis points: the same for a market and its mirror image. */
export function touchSpreadBps({ bid, ask }: Touch): number {
  return toBps(Math.log(ask / bid));
}
