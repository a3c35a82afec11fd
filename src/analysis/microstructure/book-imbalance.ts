import { ScannerError } from '../../errors.js';
import type { BookSide, OrderBook } from '../../market/order-book.js';
import { bandCentre, distanceBps, levelsWithin, type PriceBand } from './price-band.js';

/** What {@link bookImbalance} looks at. */
export interface BookImbalanceOptions extends PriceBand {
  /**
   * Distance in basis points over which a level's weight falls to 1/e, so that far orders, cheap to place and to withdraw, say less.
   * @defaultValue every level of the band weighs the same
   */
  readonly decayBps?: number | undefined;
}

/**
 * Resting bids minus asks over their sum, in base amounts, within `depthBps` of the mid price: -1 all asks, +1 all bids.
 *
 * `NaN` when a side of the book is empty, and when the band holds no level at all. The band is a distance, not a number of levels,
 * because ten levels are one basis point in one market and five percent in another; {@link bandCoverage} says whether the book
 * reaches far enough to fill it. Swapping the sides of a book changes the sign.
 *
 * @throws ScannerError `config` unless `depthBps` and `decayBps` are finite and above 0.
 *
 * @example
 * ```ts
 * import { OrderBook } from 'enhanced-market-scanner';
 * import { bookImbalance } from 'enhanced-market-scanner/analysis';
 *
 * const book = OrderBook.from({ time: 0, bids: [[99.9, 3], [98, 50]], asks: [[100.1, 1]] });
 * console.log(bookImbalance(book, { depthBps: 25 })); // 0.5
 * ```
 */
export function bookImbalance(book: OrderBook, options: BookImbalanceOptions): number {
  const { decayBps } = options;
  if (decayBps !== undefined && !(decayBps > 0 && decayBps < Number.POSITIVE_INFINITY)) {
    throw new ScannerError('config', `decayBps must be finite and above 0, was ${decayBps}`);
  }
  const centre = bandCentre(book, options.scale);
  const bids = weighedAmount(book.bids, centre, options);
  const asks = weighedAmount(book.asks, centre, options);
  return (bids - asks) / (bids + asks);
}

function weighedAmount(
  side: BookSide,
  centre: number,
  { decayBps, ...band }: BookImbalanceOptions,
): number {
  const levels = levelsWithin(side, centre, band);
  let sum = 0;
  for (let i = 0; i < levels; i++) {
    const weight =
      decayBps === undefined
        ? 1
        : Math.exp(-distanceBps(side.price[i], centre, band.scale) / decayBps);
    sum += weight * side.amount[i];
  }
  return sum;
}

/**
 * How much of a band the book can speak for, 0 to 1: the distance of its farthest level over `depthBps`, on the shallower side.
 *
 * Below 1 the snapshot ends inside the band, as a snapshot of a few levels of a large market does. `NaN` when a side is empty.
 *
 * @throws ScannerError `config` unless `depthBps` is finite and above 0.
 */
export function bandCoverage(book: OrderBook, band: PriceBand): number {
  const centre = bandCentre(book, band.scale);
  return Math.min(sideCoverage(book.bids, centre, band), sideCoverage(book.asks, centre, band));
}

function sideCoverage(side: BookSide, centre: number, band: PriceBand): number {
  if (levelsWithin(side, centre, band) < side.length) return 1;
  const farthest = side.price[side.length - 1];
  return Math.min(1, distanceBps(farthest, centre, band.scale) / band.depthBps);
}
