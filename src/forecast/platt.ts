import { ScannerError } from '../errors.js';

/** Two numbers that turn a raw score into a calibrated chance: `1 / (1 + exp(-(slope * score + intercept)))`. */
export interface PlattCalibration {
  readonly slope: number;
  readonly intercept: number;
}

/** Log odds of a chance, held away from 0 and 1 so that it stays finite. */
export function logit(p: number): number {
  const safe = Math.min(1 - 1e-9, Math.max(1e-9, p));
  return Math.log(safe / (1 - safe));
}

/** The chance whose log odds are `score`. */
export function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** The calibrated chance of a raw score. */
export function applyPlatt({ slope, intercept }: PlattCalibration, score: number): number {
  return logistic(slope * score + intercept);
}

/** Platt's smoothed targets for so many hits and misses: less than 1 and more than 0, so that a small sample stays modest. */
export function plattTargets(hits: number, misses: number): { hit: number; miss: number } {
  return { hit: (hits + 1) / (hits + 2), miss: 1 / (misses + 2) };
}

const MAX_STEPS = 100;
const TOLERANCE = 1e-10;

/**
 * Fits Platt's calibration by maximum likelihood.
 *
 * J. Platt, "Probabilistic Outputs for Support Vector Machines" (1999), with the Newton iteration and step halving of Lin,
 * Lin and Weng, "A Note on Platt's Probabilistic Outputs" (2007).
 *
 * @param scores - Raw scores; for chances pass their {@link logit}.
 * @param outcomes - 1 where the event happened, 0 where not; as long as `scores`.
 * @throws ScannerError `insufficient_data` without at least one hit and one miss, `bad_data` when the lengths differ or a score
 * is no number.
 *
 * @example
 * ```ts
 * import { applyPlatt, fitPlatt } from 'enhanced-market-scanner/forecast';
 *
 * const calibration = fitPlatt(Float64Array.of(-1, -0.5, 0.5, 1), Uint8Array.of(0, 1, 0, 1));
 * console.log(applyPlatt(calibration, 0.8) > 0.5); // true
 * ```
 */
export function fitPlatt(scores: Float64Array, outcomes: Uint8Array): PlattCalibration {
  if (scores.length !== outcomes.length) {
    throw new ScannerError(
      'bad_data',
      `scores and outcomes must have one length, had ${scores.length} and ${outcomes.length}`,
    );
  }
  const unknown = scores.findIndex((score) => !Number.isFinite(score));
  if (unknown >= 0) {
    throw new ScannerError(
      'bad_data',
      `scores must be finite, score ${unknown} was ${scores[unknown]}`,
    );
  }
  let hits = 0;
  for (const outcome of outcomes) hits += outcome;
  const misses = outcomes.length - hits;
  if (hits === 0 || misses === 0) {
    throw new ScannerError(
      'insufficient_data',
      `calibration needs hits and misses, had ${hits} and ${misses}`,
    );
  }
  const { hit, miss } = plattTargets(hits, misses);
  const targets = Float64Array.from(outcomes, (outcome) => (outcome === 1 ? hit : miss));
  return descend(scores, targets, { slope: 0, intercept: Math.log((hits + 1) / (misses + 1)) });
}

function descend(
  scores: Float64Array,
  targets: Float64Array,
  start: PlattCalibration,
): PlattCalibration {
  let current = start;
  let loss = logLoss(scores, targets, current);
  for (let step = 0; step < MAX_STEPS; step++) {
    const direction = newtonDirection(scores, targets, current);
    let size = 1;
    let next = current;
    let nextLoss = Number.POSITIVE_INFINITY;
    while (nextLoss > loss && size > TOLERANCE) {
      next = {
        slope: current.slope - size * direction.slope,
        intercept: current.intercept - size * direction.intercept,
      };
      nextLoss = logLoss(scores, targets, next);
      size /= 2;
    }
    if (!(loss - nextLoss > TOLERANCE * Math.abs(loss))) return nextLoss < loss ? next : current;
    current = next;
    loss = nextLoss;
  }
  return current;
}

function logLoss(scores: Float64Array, targets: Float64Array, fit: PlattCalibration): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const z = fit.slope * scores[i] + fit.intercept;
    // log(1 + exp(-z)) without overflow on either side.
    sum += (z >= 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z) + (1 - targets[i]) * z;
  }
  return sum;
}

function newtonDirection(
  scores: Float64Array,
  targets: Float64Array,
  fit: PlattCalibration,
): PlattCalibration {
  let gradientSlope = 0;
  let gradientIntercept = 0;
  let curvatureSlope = 1e-12;
  let curvatureMixed = 0;
  let curvatureIntercept = 1e-12;
  for (let i = 0; i < scores.length; i++) {
    const p = applyPlatt(fit, scores[i]);
    const weight = p * (1 - p);
    const error = p - targets[i];
    gradientSlope += error * scores[i];
    gradientIntercept += error;
    curvatureSlope += weight * scores[i] * scores[i];
    curvatureMixed += weight * scores[i];
    curvatureIntercept += weight;
  }
  const determinant = curvatureSlope * curvatureIntercept - curvatureMixed * curvatureMixed;
  return {
    slope: (curvatureIntercept * gradientSlope - curvatureMixed * gradientIntercept) / determinant,
    intercept: (curvatureSlope * gradientIntercept - curvatureMixed * gradientSlope) / determinant,
  };
}
