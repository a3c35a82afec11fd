import { DIRECTION_FEATURES } from '../forecast/direction-tilt.js';
import type { TiltModel } from '../forecast/model-card.js';
import { logistic, logit } from '../forecast/platt.js';
import { RidgeRegression } from '../forecast/ridge.js';
import type { TiltEvent } from './tilt-events.js';

/** Weight of the squared weights: so heavy that a hundred thousand events leave the opinion a whisper. */
const PENALTY = 33_000;
const NEWTON_STEPS = 6;

/** Standard errors below the estimate: 95 % one-sided. */
const ONE_SIDED = 1.645;

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

/**
 * How much of an opinion unseen data bear out: the slope of outcomes on the move of the chance it made, less 1.645 standard
 * errors over days; 0 when that leaves nothing.
 */
export function provenShare(events: readonly TiltEvent[], weights: readonly number[]): number {
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
  if (moved === 0) return 0;
  const slope = borneOut / moved;
  let variance = 0;
  for (const total of days.values()) variance += (total.borneOut - slope * total.moved) ** 2;
  return Math.min(1, Math.max(0, slope - (ONE_SIDED * Math.sqrt(variance)) / moved));
}

/** Weights fitted on all sets; what is proven of them, on each set by weights fitted on the others. */
export function fitTilt(sets: readonly (readonly TiltEvent[])[]): TiltModel {
  if (sets.length < 2) return { weights: fitTiltWeights(sets.flat()), provenShare: 0 };
  const opinions = sets.map((_, i) => fitTiltWeights(sets.filter((__, k) => k !== i).flat()));
  const shares = sets.map((events, i) => provenShare(events, opinions[i]));
  return { weights: fitTiltWeights(sets.flat()), provenShare: Math.min(...shares) };
}

function dot(weights: ArrayLike<number>, features: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += weights[i] * features[i];
  return sum;
}
