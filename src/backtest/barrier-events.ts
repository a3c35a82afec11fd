import { asLong } from '../forecast/win-probability.js';
import { firstTouches, type Outcome, outcomeOf } from './labels.js';
import type { Resolved } from './resolved.js';

/** One resolved question: distances as a long position measures them, the volatility forecast, and what happened. */
export interface BarrierEvent {
  readonly target: number;
  readonly stop: number;
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
  const { base } = decision.history;
  const entry = base.open[horizon.from];
  const distances = BARRIER_GRID.map((multiple) => multiple * decision.atr);
  const above = new Int32Array(BARRIER_GRID.length);
  const below = new Int32Array(BARRIER_GRID.length);
  firstTouches(
    base,
    horizon,
    'up',
    Float64Array.from(distances, (d) => entry * (1 + d)),
    above,
  );
  firstTouches(
    base,
    horizon,
    'down',
    Float64Array.from(distances, (d) => entry * (1 - d)),
    below,
  );
  const targets = side === 'long' ? above : below;
  const stops = side === 'long' ? below : above;
  return distances.flatMap((target, t) =>
    distances.map((stop, s) => ({
      ...asLong({ side, target, stop }),
      sigma,
      outcome: outcomeOf(targets[t], stops[s]),
    })),
  );
}
