import type { BookSide, OrderBook } from '../../market/order-book.js';
import { bandCentre, levelsWithin, type PriceBand } from './price-band.js';
import { type TakerSide, takenSide } from './slippage.js';

/** Resting base amount of each side within a band. */
export interface BandDepth {
  readonly bids: number;
  readonly asks: number;
}

/**
 * Resting base amount within `depthBps` of the mid price, by side; `NaN` on both when a side of the book is empty.
 *
 * A floor on the depth there is: see {@link bandCoverage} for whether the snapshot reaches the band's edge.
 *
 * @throws ScannerError `config` unless `depthBps` is finite and above 0.
 */
export function bandDepth(book: OrderBook, band: PriceBand): BandDepth {
  const centre = bandCentre(book, band.scale);
  if (Number.isNaN(centre)) return { bids: Number.NaN, asks: Number.NaN };
  return {
    bids: amountWithin(book.bids, centre, band),
    asks: amountWithin(book.asks, centre, band),
  };
}

function amountWithin(side: BookSide, centre: number, band: PriceBand): number {
  const levels = levelsWithin(side, centre, band);
  let sum = 0;
  for (let i = 0; i < levels; i++) sum += side.amount[i];
  return sum;
}

/**
 * What a market order must spend, in quote currency, before the best price on the side it takes lies farther than `depthBps` from
 * the present mid price.
 *
 * `NaN` when the snapshot ends inside the band, so that the answer is not in it, and when a side is empty.
 *
 * @throws ScannerError `config` unless `depthBps` is finite and above 0.
 */
export function notionalToMove(book: OrderBook, side: TakerSide, depthBps: number): number {
  const levels = takenSide(book, side);
  const centre = bandCentre(book);
  const within = levelsWithin(levels, centre, { depthBps });
  if (within === levels.length || Number.isNaN(centre)) return Number.NaN;
  let notional = 0;
  for (let i = 0; i < within; i++) notional += levels.price[i] * levels.amount[i];
  return notional;
}
