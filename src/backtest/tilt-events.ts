import type { HorizonModel } from '../forecast/model-card.js';
import { logVarianceRate } from '../forecast/volatility.js';
import { fairChances } from '../forecast/win-probability.js';
import type { Decision } from './decisions.js';
import { outcomeOf } from './labels.js';
import { FAST_MS, type Resolved, resolve } from './resolved.js';
import { touchesAround } from './touches-around.js';

/** One resolved symmetric position: what was known of direction, its chance without an opinion, and what happened. */
export interface TiltEvent {
  /** `DIRECTION_FEATURES` as the position sees them: a short one sees their negatives. */
  readonly features: Float64Array;
  readonly chance: number;
  readonly hit: boolean;
  /** The day it was entered, for errors that do not take overlapping events for independent ones. */
  readonly day: number;
}

/** Distances of target and stop alike, in average true ranges: an opinion on direction shows where geometry favours nobody. */
const DISTANCES = [1, 1.5, 3] as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Symmetric positions of every second hour, both sides, over every fitted horizon of four hours or more. */
export function tiltEvents(
  decisions: readonly Decision[],
  horizons: readonly HorizonModel[],
): readonly TiltEvent[] {
  const warm = decisions.filter(
    ({ time, direction }) => time % (2 * HOUR_MS) === 0 && !direction.some(Number.isNaN),
  );
  return horizons
    .filter(({ horizonMs }) => horizonMs >= 4 * HOUR_MS)
    .flatMap((model) =>
      resolve(warm, model.horizonMs).flatMap((row) => symmetricPositions(row, model)),
    );
}

function symmetricPositions({ decision, horizon }: Resolved, model: HorizonModel): TiltEvent[] {
  const distances = DISTANCES.map((multiple) => multiple * decision.atr);
  const { above, below } = touchesAround(decision.history.base, horizon, distances);
  const rate = logVarianceRate(model, decision.features) + decision.week;
  const sigma = Math.sqrt(Math.exp(rate) * (model.horizonMs / FAST_MS));
  const day = Math.floor(decision.time / DAY_MS);
  const mirrored = decision.direction.map((feature) => 0 - feature);
  return distances.flatMap((distance, k) => {
    const chance = (side: 'long' | 'short'): number =>
      fairChances({ side, target: distance, stop: distance }, sigma, model.barrier).target;
    const long = outcomeOf(above[k], below[k]) === 'target';
    const short = outcomeOf(below[k], above[k]) === 'target';
    return [
      { features: decision.direction, chance: chance('long'), hit: long, day },
      { features: mirrored, chance: chance('short'), hit: short, day },
    ];
  });
}
