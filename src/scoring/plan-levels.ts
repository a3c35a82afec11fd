import type { Market } from '../market/market.js';
import { ceilToStep, floorToStep } from '../market/units.js';

/** What decides where to get in and out. */
export interface PlanLevelsInput {
  readonly direction: 'long' | 'short';
  readonly tickSize: Market['tickSize'];
  /** What the order would pay or get: the ask for a long, the bid for a short, else the last price. */
  readonly entry: number;
  /** Wilder's average true range as a logarithmic fraction of price. */
  readonly atr: number;
  readonly stopAtrMultiple: number;
  readonly targetRewardToRisk: number;
  /** Prices at which the market may turn. */
  readonly structure: readonly number[];
  /** The least distance between entry and stop besides a tick: spread and slippage, in quote currency. */
  readonly clearance: number;
}

/** Entry, stop and target, each on a tick; of a long the stop is below the entry, of a short above. */
export interface PlanLevels {
  readonly entryPrice: number;
  readonly stopLoss: number;
  readonly takeProfit: number;
}

/** A stop hides this many average true ranges behind structure, a target waits as many in front of it. */
const STOP_BUFFER_ATR = 0.25;
const TARGET_BUFFER_ATR = 0.1;

/** Structure moves a stop or a target only when that leaves it within these multiples of its plain distance. */
const NEAREST = 0.75;
const FARTHEST = 1.25;

/**
 * Places the levels of a trade; a short is placed as the mirror image of a long.
 *
 * The stop stands `stopAtrMultiple` average true ranges away, or just behind a structure level near there; at least the
 * clearance and a tick away, rounded to a tick away from the entry. The target stands `targetRewardToRisk` stop distances
 * away, or just in front of a structure level near there, rounded to a tick towards the entry.
 *
 * @returns `undefined` when one tick is too coarse a step for a stop or a target on this side of zero.
 */
export function planLevels(input: PlanLevelsInput): PlanLevels | undefined {
  const { direction, tickSize } = input;
  const sign = direction === 'long' ? 1 : -1;
  const away = sign > 0 ? floorToStep : ceilToStep;
  const entryPrice = (sign > 0 ? ceilToStep : floorToStep)(input.entry, tickSize);
  const nearestStop = entryPrice - sign * (input.clearance + tickSize);
  const stop = rawStop(input, entryPrice, sign);
  const stopLoss = away(
    sign > 0 ? Math.min(stop, nearestStop) : Math.max(stop, nearestStop),
    tickSize,
  );
  const target = rawTarget(input, entryPrice, Math.abs(entryPrice - stopLoss), sign);
  const takeProfit = beyond(away(target, tickSize), entryPrice, tickSize, sign);
  const sound = entryPrice > 0 && stopLoss > 0 && takeProfit > 0;
  return sound && Number.isFinite(stopLoss + takeProfit)
    ? { entryPrice, stopLoss, takeProfit }
    : undefined;
}

// Distances of stops are logarithmic, so that a market and its mirror image get mirrored stops.
function rawStop(input: PlanLevelsInput, entry: number, sign: number): number {
  const plain = input.stopAtrMultiple * input.atr;
  const distances = input.structure.map(
    (level) => sign * Math.log(entry / level) + STOP_BUFFER_ATR * input.atr,
  );
  return entry * Math.exp(-sign * nearestTo(plain, distances));
}

// Distances of targets are money, so that two times the risk is two times the loss whichever way the trade goes.
function rawTarget(input: PlanLevelsInput, entry: number, risk: number, sign: number): number {
  const plain = input.targetRewardToRisk * risk;
  const distances = input.structure.map(
    (level) => sign * (level - entry) - TARGET_BUFFER_ATR * input.atr * entry,
  );
  return entry + sign * nearestTo(plain, distances);
}

/** The distance nearest to `plain` among those structure offers close to it, or `plain` itself. */
function nearestTo(plain: number, distances: readonly number[]): number {
  let best = plain;
  let bestGap = Number.POSITIVE_INFINITY;
  for (const distance of distances) {
    const gap = Math.abs(distance - plain);
    if (distance >= NEAREST * plain && distance <= FARTHEST * plain && gap < bestGap) {
      best = distance;
      bestGap = gap;
    }
  }
  return best;
}

// Rounded towards the entry, a target less than a tick away would land on it; and no price is below one tick.
function beyond(target: number, entry: number, tickSize: number, sign: number): number {
  return sign > 0
    ? Math.max(target, floorToStep(entry + 1.5 * tickSize, tickSize))
    : Math.min(Math.max(target, tickSize), ceilToStep(entry - 1.5 * tickSize, tickSize));
}
