import { floorToStep } from '../market/units.js';
import { quarterKelly } from './kelly.js';

/** What decides how much to take. */
export interface PositionSizeInput {
  readonly entryPrice: number;
  /** What one base unit loses at the stop, with fees and slippage, in quote currency; above 0. */
  readonly lossPerUnit: number;
  /** Distance of the stop from the entry, in quote currency; above 0. */
  readonly stopDistance: number;
  readonly rewardToRisk: number;
  readonly lotSize: number;
  /** Fraction of equity to risk before any cap. */
  readonly riskPerTrade: number;
  /** Largest notional, as a multiple of equity. */
  readonly maxPositionNotional: number;
  readonly equity: number | undefined;
  /** Most base units the order book can fill; `Infinity` when there is no book. */
  readonly fillable: number;
  /** Chance of a win, the low end of its interval; `undefined` when unknown, and then no Kelly cap applies. */
  readonly probability: number | undefined;
}

/** How much to take. */
export interface PositionSize {
  /** Base amount on a lot; `undefined` without equity, 0 when the caps leave less than a lot. */
  readonly amount: number | undefined;
  /** Fraction of equity at risk at the stop, after every cap. */
  readonly riskFraction: number;
  /** Notional as a multiple of equity. */
  readonly notionalMultiple: number;
}

/**
 * Fixed-fractional size: the amount whose loss at the stop, with its costs, is `riskPerTrade` of equity, under the caps on
 * Kelly, notional and what the book can fill, rounded down to a lot and never up.
 *
 * Without equity the same caps give the fraction alone; its notional is counted over the bare stop distance, which is never
 * less than the notional a size with costs would have.
 */
export function positionSize(input: PositionSizeInput): PositionSize {
  const { entryPrice, lossPerUnit, stopDistance, equity, maxPositionNotional } = input;
  const risk = cappedRisk(input);
  if (equity === undefined) {
    const stopFraction = stopDistance / entryPrice;
    const riskFraction = Math.min(risk, maxPositionNotional * stopFraction);
    const notionalMultiple = Math.min(maxPositionNotional, riskFraction / stopFraction);
    return { amount: undefined, riskFraction, notionalMultiple };
  }
  const limit = Math.min(
    (equity * risk) / lossPerUnit,
    (equity * maxPositionNotional) / entryPrice,
    input.fillable,
  );
  const amount = floorWithin(limit, input.lotSize);
  if (!(amount > 0)) return { amount: 0, riskFraction: 0, notionalMultiple: 0 };
  return {
    amount,
    riskFraction: Math.min(risk, (amount * lossPerUnit) / equity),
    notionalMultiple: Math.min(maxPositionNotional, (amount * entryPrice) / equity),
  };
}

function cappedRisk({ riskPerTrade, probability, rewardToRisk }: PositionSizeInput): number {
  if (probability === undefined) return riskPerTrade;
  return Math.min(riskPerTrade, quarterKelly(probability, rewardToRisk));
}

// Rounding to steps forgives binary noise in either direction, a cap forgives none: what came out above it is one lot too many.
function floorWithin(limit: number, step: number): number {
  const amount = floorToStep(limit, step);
  return amount > limit ? floorToStep(amount - step, step) : amount;
}
