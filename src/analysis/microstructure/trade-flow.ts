import type { OrderBook } from '../../market/order-book.js';
import type { TradeSeries } from '../../market/trade-series.js';

/** Share of the traded base amount that takers bought, 0 to 1; `NaN` without trades. */
export function takerBuyShare({ amount, side, length }: TradeSeries): number {
  let bought = 0;
  let total = 0;
  for (let i = 0; i < length; i++) {
    if (side[i] > 0) bought += amount[i];
    total += amount[i];
  }
  return bought / total;
}

/** What takers traded between successive books, in base amount. */
export interface TradedBetween {
  /** Bought less sold: entry `i` after book `i`, up to and with the time of book `i + 1`. */
  readonly net: Float64Array;
  /** Bought and sold over the whole span. */
  readonly total: number;
}

/** Splits trades by the times of books, both oldest first; trades outside the books' span are left out. */
export function tradedBetween(
  { time, amount, side, length }: TradeSeries,
  books: readonly OrderBook[],
): TradedBetween {
  const net = new Float64Array(Math.max(0, books.length - 1));
  let total = 0;
  let trade = 0;
  for (let i = 0; i < net.length; i++) {
    while (trade < length && time[trade] <= books[i].time) trade++;
    for (; trade < length && time[trade] <= books[i + 1].time; trade++) {
      net[i] += side[trade] * amount[trade];
      total += amount[trade];
    }
  }
  return { net, total };
}
