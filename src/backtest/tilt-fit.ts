import { DIRECTION_FEATURES } from '../forecast/direction-tilt.js';
import type { TiltFinding, TiltModel } from '../forecast/model-card.js';
import { logistic, logit } from '../forecast/platt.js';
import { RidgeRegression } from '../forecast/ridge.js';
import type { TiltEvent } from './tilt-events.js';

/** Weight of the squared weights: so heavy that a hundred thousand events leave the opinion a whisper. */
const PENALTY = 33_000;
const NEWTON_STEPS = 6;

/** Standard errors from the estimate to the lower end of its 95 % interval. */
const LOWER_END = 1.96;

/** Fits shrunk weights by penalised likelihood, with the chance without an opinion as offset. */
export function fitTiltWeights(events: readonly TiltEvent[]): readonly number[] {
  let weights = new Float64Array(DIRECTION_FEATURES.length);
  for (let step = 0; step < NEWTON_STEPS; step++) weights = newtonStep(events, weights);
  return [...weights];
}

// Iteratively reweighted least squares: each Newton step is a ridge regression on the working response.
function newtonStep(
  events: readonly TiltEvent[],
  weights: Float64Array,
): Float64Array<ArrayBuffer> {
  const regression = new RidgeRegression(weights.length);
  const row = new Float64Array(weights.length);
  for (const { features, chance, hit } of events) {
    const opinion = dot(weights, features);
    const p = logistic(logit(chance) + opinion);
    const root = Math.sqrt(p * (1 - p));
    for (let i = 0; i < row.length; i++) row[i] = root * features[i];
    const target = root * opinion + ((hit ? 1 : 0) - p) / root;
    regression.add(row, target);
    // Its mirror image, so that no intercept can stand for a market that happened to rise.
    for (let i = 0; i < row.length; i++) row[i] = -row[i];
    regression.add(row, -target);
  }
  return Float64Array.from(regression.fit(PENALTY / events.length).weights);
}

/** How far unseen data bear an opinion out; `undefined` where it never moved a chance. */
export function supportOf(
  events: readonly TiltEvent[],
  weights: readonly number[],
): TiltFinding | undefined {
  let moved = 0;
  let borneOut = 0;
  const days = new Map<number, { moved: number; borneOut: number }>();
  for (const { features, chance, hit, day } of events) {
    const move = logistic(logit(chance) + dot(weights, features)) - chance;
    const total = days.get(day) ?? { moved: 0, borneOut: 0 };
    total.moved += move * move;
    total.borneOut += move * ((hit ? 1 : 0) - chance);
    days.set(day, total);
    moved += move * move;
    borneOut += move * ((hit ? 1 : 0) - chance);
  }
  if (moved === 0) return undefined;
  const slope = borneOut / moved;
  let variance = 0;
  for (const total of days.values()) variance += (total.borneOut - slope * total.moved) ** 2;
  return { slope, error: Math.sqrt(variance) / moved };
}

/** The share of an opinion at the lower end of the 95 % interval of its support, 0 to 1. */
export function provenShare({ slope, error }: TiltFinding): number {
  return Math.min(1, Math.max(0, slope - LOWER_END * error));
}

/** Independent findings as one: each counts by its precision. */
export function pooledSupport(findings: readonly TiltFinding[]): TiltFinding {
  const precision = findings.reduce((sum, { error }) => sum + error ** -2, 0);
  const slope = findings.reduce((sum, { slope: found, error }) => sum + found * error ** -2, 0);
  return { slope: slope / precision, error: precision ** -0.5 };
}

/**
 * Weights fitted on all sets, scaled down to what the sets bear out together, each judged by weights fitted on the others: what
 * is right in one year only helps there. What is proven of them is what every single set bears out.
 */
export function fitTilt(sets: readonly (readonly TiltEvent[])[]): TiltModel {
  const others = (i: number): readonly TiltEvent[] => sets.filter((_, k) => k !== i).flat();
  const findings = sets
    .map((events, i) =>
      sets.length < 2 ? undefined : supportOf(events, fitTiltWeights(others(i))),
    )
    .filter((found) => found !== undefined);
  if (findings.length < 2) return { weights: DIRECTION_FEATURES.map(() => 0), provenShare: 0 };
  const weights = fitTiltWeights(sets.flat());
  const share = provenShare(pooledSupport(findings));
  const least = Math.min(...findings.map(provenShare));
  return {
    weights: weights.map((weight) => share * weight),
    provenShare: share > 0 ? Math.min(1, least / share) : 0,
    ...(findings.length === sets.length && { findings }),
  };
}

function dot(weights: ArrayLike<number>, features: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += weights[i] * features[i];
  return sum;
}
