import { asLong } from '../forecast/win-probability.js';
import { firstTouches, outcomeOf } from './labels.js';
import type { Resolved } from './resolved.js';

/** One resolved question: distances as a long position measures them, the volatility forecast, and what happened. */
export interface BarrierEvent {
  readonly target: number;
  readonly stop: number;
  readonly sigma: number;
  /** Whether the target came first. */
  readonly hit: boolean;
}

/** Barrier distances, in average true ranges of the slow timeframe. */
export const BARRIER_GRID: readonly number[] = [0.5, 1, 1.5, 2, 3];

const HOUR_MS = 3_600_000;

/** Every pair of the grid for one decision, long at even hours and short at odd ones, so that neither side is favoured. */
export function barrierEvents({ decision, horizon }: Resolved, sigma: number): BarrierEvent[] {
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
  const isLong = (decision.time / HOUR_MS) % 2 === 0;
  const targets = isLong ? above : below;
  const stops = isLong ? below : above;
  return distances.flatMap((target, t) =>
    distances.map((stop, s) => ({
      ...asLong({ side: isLong ? 'long' : 'short', target, stop }),
      sigma,
      hit: outcomeOf(targets[t], stops[s]) === 'target',
    })),
  );
}
