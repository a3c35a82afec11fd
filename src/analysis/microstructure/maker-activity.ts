import { ScannerError } from '../../errors.js';
import type { OrderBook } from '../../market/order-book.js';
import type { TradeSeries } from '../../market/trade-series.js';
import { toBps } from '../../market/units.js';
import { regressionSlope } from '../statistics.js';
import { bandDepth } from './depth.js';
import { midPrice } from './mid-price.js';
import { orderFlowImbalance, successive } from './order-flow-imbalance.js';
import { replenishment } from './replenishment.js';
import { spreadBps } from './spread.js';
import { tradedBetween } from './trade-flow.js';

/** What {@link makerActivity} reads besides the books. */
export interface MakerActivityOptions {
  /** Public trades of the same span; without them the two readings that need trades are absent. */
  readonly trades?: TradeSeries | undefined;
  /** Band around the mid price within which depth counts, in basis points. @defaultValue 25 */
  readonly depthBps?: number | undefined;
  /** How long a depleted touch has to heal, in milliseconds. @defaultValue 5_000 */
  readonly healWithinMs?: number | undefined;
  /** Fewest two-sided books that say anything; at least 2. @defaultValue 30 */
  readonly minBooks?: number | undefined;
}

/**
 * Traces of quoting, each named for what it measures. No public feed says who quotes, so none of them identifies a market maker.
 */
export interface MakerActivity {
  /** Books with both sides filled; the others are left out. */
  readonly books: number;
  /** Quoted spread in basis points of the mid price, weighted by how long it stood. */
  readonly meanSpreadBps: number;
  /** Standard deviation of the quoted spread over its mean, both weighted by time; `undefined` in a locked market. */
  readonly spreadVariation: number | undefined;
  /** Share of time in which the thinner side of the band held at least half of what the thicker one did, 0 to 1. */
  readonly balancedShare: number;
  /** Share of the amount lost at the touch that came back in time, 0 to 1; `undefined` when none was lost. */
  readonly replenishment: number | undefined;
  /** How often the best prices or amounts differed from one book to the next, per second; at most the sampling rate. */
  readonly touchChangesPerSecond: number;
  /** Size of the order-flow imbalance over the volume traded meanwhile; `undefined` without trades. */
  readonly flowPerVolume: number | undefined;
  /**
   * Kyle's lambda: basis points that the mid price moves per base unit that takers buy net of what they sell, by least squares over
   * the steps between books; `undefined` without trades, and when net buying never varied.
   */
  readonly kyleLambda: number | undefined;
}

/**
 * Reads traces of market making from a sequence of books.
 *
 * `undefined` when the sequence is too short to say anything: fewer than `minBooks` books with both sides, or all of one moment.
 *
 * @param books - Oldest first; several may share a time.
 * @throws ScannerError `bad_data` when a book is older than the one before it; `config` when an option is out of range.
 *
 * @example
 * ```ts
 * import type { OrderBook, TradeSeries } from 'enhanced-market-scanner';
 * import { makerActivity } from 'enhanced-market-scanner/analysis';
 *
 * declare const books: OrderBook[];
 * declare const trades: TradeSeries;
 * const activity = makerActivity(books, { trades });
 * if (activity !== undefined) console.log(activity.meanSpreadBps, activity.kyleLambda);
 * ```
 */
export function makerActivity(
  books: Iterable<OrderBook>,
  { trades, depthBps = 25, healWithinMs = 5_000, minBooks = 30 }: MakerActivityOptions = {},
): MakerActivity | undefined {
  if (!(Number.isInteger(minBooks) && minBooks >= 2)) {
    throw new ScannerError('config', `minBooks must be an integer >= 2, was ${minBooks}`);
  }
  if (!(healWithinMs >= 0 && healWithinMs < Number.POSITIVE_INFINITY)) {
    throw new ScannerError(
      'config',
      `healWithinMs must be finite and not negative, was ${healWithinMs}`,
    );
  }
  const twoSided = Array.from(books).filter(({ bids, asks }) => bids.length > 0 && asks.length > 0);
  const steps = [...successive(twoSided)];
  const durations = Float64Array.from(steps, ([before, after]) => after.time - before.time);
  const span = durations.reduce((sum, duration) => sum + duration, 0);
  if (twoSided.length < minBooks || span === 0) return undefined;

  const overTime = (value: (book: OrderBook) => number): number =>
    steps.reduce((sum, [before], i) => sum + value(before) * durations[i], 0) / span;
  const meanSpreadBps = overTime(spreadBps);
  const variance = overTime((book) => (spreadBps(book) - meanSpreadBps) ** 2);
  return {
    books: twoSided.length,
    meanSpreadBps,
    spreadVariation: meanSpreadBps > 0 ? Math.sqrt(variance) / meanSpreadBps : undefined,
    balancedShare: overTime((book) => (isBalanced(book, depthBps) ? 1 : 0)),
    replenishment: replenishment(twoSided, healWithinMs),
    touchChangesPerSecond: (steps.filter(touchChanged).length / span) * 1000,
    ...readImpact(twoSided, steps, trades),
  };
}

type Step = readonly [before: OrderBook, after: OrderBook];

function readImpact(
  books: readonly OrderBook[],
  steps: readonly Step[],
  trades: TradeSeries | undefined,
): Pick<MakerActivity, 'flowPerVolume' | 'kyleLambda'> {
  const { net, total } = trades ? tradedBetween(trades, books) : { net: undefined, total: 0 };
  if (net === undefined || total === 0) return { flowPerVolume: undefined, kyleLambda: undefined };
  const moves = Float64Array.from(steps, ([before, after]) =>
    toBps(Math.log(midPrice(after) / midPrice(before))),
  );
  const slope = regressionSlope({ x: net, y: moves });
  return {
    flowPerVolume: Math.abs(orderFlowImbalance(books)) / total,
    kyleLambda: Number.isNaN(slope) ? undefined : slope,
  };
}

function isBalanced(book: OrderBook, depthBps: number): boolean {
  const { bids, asks } = bandDepth(book, { depthBps, scale: 'log' });
  return Math.min(bids, asks) > 0 && Math.min(bids, asks) >= Math.max(bids, asks) / 2;
}

function touchChanged([{ bids, asks }, after]: Step): boolean {
  return (
    bids.price[0] !== after.bids.price[0] ||
    bids.amount[0] !== after.bids.amount[0] ||
    asks.price[0] !== after.asks.price[0] ||
    asks.amount[0] !== after.asks.amount[0]
  );
}
