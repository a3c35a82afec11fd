import type { PositionBarriers } from '../forecast/win-probability.js';
import { type Outcome, outcomeOf } from './labels.js';
import type { Resolved } from './resolved.js';
import { touchesAround } from './touches-around.js';

/** One resolved question: a position, the volatility forecast, and what happened. */
export interface BarrierEvent extends PositionBarriers {
  readonly sigma: number;
  readonly outcome: Outcome;
}

/** Barrier distances, in average true ranges of the slow timeframe. */
export const BARRIER_GRID: readonly number[] = [0.5, 1, 1.5, 2, 3];

/** Every pair of the grid for one decision and side. */
export function barrierEvents(
  { decision, horizon }: Resolved,
  sigma: number,
  side: 'long' | 'short',
): BarrierEvent[] {
  const distances = BARRIER_GRID.map((multiple) => multiple * decision.atr);
  const { above, below } = touchesAround(decision.history.base, horizon, distances);
  const targets = side === 'long' ? above : below;
  const stops = side === 'long' ? below : above;
  return distances.flatMap((target, t) =>
    distances.map((stop, s) => ({
      ...{ side, target, stop, sigma },
      outcome: outcomeOf(targets[t], stops[s]),
    })),
  );
}
