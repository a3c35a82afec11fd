import { quote, ScannerError } from '../../errors.js';
import type { BookSide, OrderBook } from '../../market/order-book.js';
import { toBps } from '../../market/units.js';
import { midPrice } from './mid-price.js';

/** Which way a market order goes: a buy takes asks, a sell takes bids. */
export type TakerSide = 'buy' | 'sell';

/** What a market order would get from the book as it stands, before fees. */
export interface BookWalk {
  /** Mean price of what was filled, in quote currency; `NaN` when nothing was. */
  readonly averagePrice: number;
  /** Base amount that the book can fill. */
  readonly filled: number;
  /** Base amount that it cannot. */
  readonly unfilled: number;
  /** Full cost: how much worse the average is than the mid price, in basis points; `NaN` without a mid price. */
  readonly slippageBps: number;
  /** The part of the cost that is due to depth: how much worse the average is than the best price, in basis points. */
  readonly depthCostBps: number;
}

/**
 * What a market order of `amount` base units would get; what the book cannot fill is returned, never invented.
 *
 * @throws ScannerError `config` unless `amount` is finite and not negative.
 *
 * @example
 * ```ts
 * import { OrderBook } from 'enhanced-market-scanner';
 * import { walkBook } from 'enhanced-market-scanner/analysis';
 *
 * const book = OrderBook.from({ time: 0, bids: [[102, 10]], asks: [[104, 10], [105, 10]] });
 * const { averagePrice, unfilled } = walkBook(book, 'buy', 25);
 * console.log(averagePrice, unfilled); // 104.5 5
 * ```
 */
export function walkBook(book: OrderBook, side: TakerSide, amount: number): BookWalk {
  checkSize('amount', amount);
  const levels = takenSide(book, side);
  const best = levels.price[0];
  let unfilled = amount;
  // Summed as distances from the best price, an order that the first level fills costs exactly that price.
  let worse = 0;
  for (let i = 0; i < levels.length && unfilled > 0; i++) {
    const taken = Math.min(unfilled, levels.amount[i]);
    worse += taken * (levels.price[i] - best);
    unfilled -= taken;
  }
  const filled = amount - unfilled;
  const averagePrice = best + worse / filled;
  return {
    averagePrice,
    filled,
    unfilled,
    slippageBps: costBps(side, averagePrice, midPrice(book)),
    depthCostBps: costBps(side, averagePrice, best),
  };
}

/**
 * Average price of a market order worth `notional`, against the mid price, in basis points; `Infinity` when the book is too thin.
 *
 * `notional` is what the order's fills are worth in quote currency. `NaN` for an order of nothing, and when the other side of the
 * book is empty, so that there is no mid price. Fees are not part of it.
 *
 * @throws ScannerError `config` unless `notional` is finite and not negative.
 */
export function slippageBps(book: OrderBook, side: TakerSide, notional: number): number {
  checkSize('notional', notional);
  const levels = takenSide(book, side);
  let unpaid = notional;
  let amount = 0;
  for (let i = 0; i < levels.length && unpaid > 0; i++) {
    const worth = Math.min(unpaid, levels.price[i] * levels.amount[i]);
    amount += worth / levels.price[i];
    unpaid -= worth;
  }
  if (unpaid > 0) return Number.POSITIVE_INFINITY;
  return costBps(side, notional / amount, midPrice(book));
}

/** The side of the book that a taker of `side` takes. */
export function takenSide(book: OrderBook, side: TakerSide): BookSide {
  if (side === 'buy') return book.asks;
  if (side === 'sell') return book.bids;
  throw new ScannerError('config', `side must be 'buy' or 'sell', was ${quote(side)}`);
}

function costBps(side: TakerSide, averagePrice: number, reference: number): number {
  const worse = (averagePrice - reference) / reference;
  return toBps(side === 'buy' ? worse : -worse);
}

function checkSize(name: string, size: number): void {
  if (!(size >= 0 && size < Number.POSITIVE_INFINITY)) {
    throw new ScannerError('config', `${name} must be finite and not negative, was ${quote(size)}`);
  }
}
