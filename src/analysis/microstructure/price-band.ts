import { ScannerError } from '../../errors.js';
import type { BookSide, OrderBook } from '../../market/order-book.js';
import { toBps } from '../../market/units.js';
import { geometricMid, midPrice } from './mid-price.js';

/**
 * How distance from the mid price is measured: `'linear'` as a fraction of the mid price, `'log'` as the difference of logarithms
 * from the geometric mid. Over small distances the two agree; only the second is the same for a market and its mirror image.
 */
export type DistanceScale = 'linear' | 'log';

/** The part of a book near its mid price. */
export interface PriceBand {
  /** How far the band reaches on each side of the mid price, in basis points; its edge belongs to it. */
  readonly depthBps: number;
  /** @defaultValue 'linear' */
  readonly scale?: DistanceScale | undefined;
}

/** What distance is measured from, in quote currency; `NaN` when a side is empty. */
export function bandCentre(book: OrderBook, scale: DistanceScale = 'linear'): number {
  return scale === 'log' ? geometricMid(book) : midPrice(book);
}

/** Distance of `price` from `centre`, in basis points. */
export function distanceBps(
  price: number,
  centre: number,
  scale: DistanceScale = 'linear',
): number {
  return toBps(
    scale === 'log' ? Math.abs(Math.log(price / centre)) : Math.abs(price - centre) / centre,
  );
}

// 99.75 is 25 bps from 100 on paper; in binary it may come out a hair further.
const EDGE_TOLERANCE = 1e-9;

/**
 * How many of the best levels of `side` lie in the band around `centre`; 0 without a centre.
 *
 * @throws ScannerError `config` unless `depthBps` is finite and above 0.
 */
export function levelsWithin(
  { length, price }: BookSide,
  centre: number,
  { depthBps, scale }: PriceBand,
): number {
  if (!(depthBps > 0 && depthBps < Number.POSITIVE_INFINITY)) {
    throw new ScannerError('config', `depthBps must be finite and above 0, was ${depthBps}`);
  }
  const edge = depthBps * (1 + EDGE_TOLERANCE);
  let count = 0;
  while (count < length && distanceBps(price[count], centre, scale) <= edge) count++;
  return count;
}
