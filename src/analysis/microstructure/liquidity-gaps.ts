import { ScannerError } from '../../errors.js';
import type { BookSide, OrderBook } from '../../market/order-book.js';
import { bandCentre, distanceBps, levelsWithin, type PriceBand } from './price-band.js';

/** What {@link liquidityGaps} measures with. */
export interface LiquidityGapsOptions extends PriceBand {
  /** Smallest step of a price, in quote currency. */
  readonly tickSize: number;
}

/** Distance from one level of a side to the next. */
export interface LiquidityGap {
  /** In whole ticks; 1 when no price between them is empty. */
  readonly ticks: number;
  /** In basis points of the mid price. */
  readonly bps: number;
}

/** The gaps of one side of a book; `undefined` where the snapshot has no two levels to measure between. */
export interface SideGaps {
  /** From the best level to the next. */
  readonly first: LiquidityGap | undefined;
  /** The widest that begins within the band. */
  readonly largest: LiquidityGap | undefined;
}

/**
 * How far price must jump from level to level as a side is taken.
 *
 * Large moves come from gaps next to the touch rather than from large orders (Farmer, Gillemot, Lillo, Mike, Sen 2004). What is a
 * wide gap depends on the market: compare with its own past, not with one number for all. Without a mid price there are no gaps.
 *
 * @throws ScannerError `config` unless `depthBps` and `tickSize` are finite and above 0.
 *
 * @example
 * ```ts
 * import { OrderBook } from 'enhanced-market-scanner';
 * import { liquidityGaps } from 'enhanced-market-scanner/analysis';
 *
 * const book = OrderBook.from({ time: 0, bids: [[100, 1]], asks: [[101, 1], [104, 1]] });
 * console.log(liquidityGaps(book, { depthBps: 500, tickSize: 0.5 }).asks.first?.ticks); // 6
 * ```
 */
export function liquidityGaps(
  book: OrderBook,
  options: LiquidityGapsOptions,
): { readonly bids: SideGaps; readonly asks: SideGaps } {
  const { tickSize } = options;
  if (!(tickSize > 0 && tickSize < Number.POSITIVE_INFINITY)) {
    throw new ScannerError('config', `tickSize must be finite and above 0, was ${tickSize}`);
  }
  const centre = bandCentre(book, options.scale);
  return {
    bids: sideGaps(book.bids, centre, options),
    asks: sideGaps(book.asks, centre, options),
  };
}

function sideGaps(side: BookSide, centre: number, options: LiquidityGapsOptions): SideGaps {
  if (Number.isNaN(centre)) return { first: undefined, largest: undefined };
  const { price, length } = side;
  const gap = (level: number): LiquidityGap => ({
    ticks: Math.round(Math.abs(price[level + 1] - price[level]) / options.tickSize),
    bps:
      distanceBps(price[level + 1], centre, options.scale) -
      distanceBps(price[level], centre, options.scale),
  });
  const starts = Math.min(levelsWithin(side, centre, options), length - 1);
  let largest: LiquidityGap | undefined;
  for (let level = 0; level < starts; level++) {
    const next = gap(level);
    if (largest === undefined || next.bps > largest.bps) largest = next;
  }
  return { first: length > 1 ? gap(0) : undefined, largest };
}
