import { ScannerError } from '../errors.js';
import { normalCdf, scaledTail } from './normal.js';

/** A question about the price's first passage. */
export interface BarrierOptions {
  /** Distance to the target as a fraction of price, above 0: for a long position the target lies at `1 + target`. */
  readonly target: number;
  /** Distance to the stop as a fraction of price, between 0 and 1: the stop lies at `1 - stop`. */
  readonly stop: number;
  /** Forecast standard deviation of the log return over the whole horizon; `Infinity` for no horizon. */
  readonly sigma: number;
  /**
   * Expected log return over the whole horizon.
   * @defaultValue 0
   */
  readonly drift?: number | undefined;
}

/** Chances of what is touched first within the horizon; they add up to 1. */
export interface BarrierProbabilities {
  readonly target: number;
  readonly stop: number;
  /** Chance that neither is touched. */
  readonly timeout: number;
}

// Below this ratio of sigma to the corridor the price rarely meets both barriers, and the method of images needs a handful
// of terms where the eigenfunction series would need hundreds.
const IMAGES_BELOW = 0.6;

/** Terms smaller than this no longer change a double near 1. */
const NEGLIGIBLE = 1e-17;

/**
 * What a driftless (or drifting) price touches first within a horizon: target, stop, or neither.
 *
 * The log price is a Brownian motion between two absorbing barriers, `a = ln(1 + target)` above and `b = -ln(1 - stop)` below.
 * Without horizon or drift the chance of the target is `b / (a + b)`; with a drift of `-sigma ** 2 / 2`, which keeps the mean of the
 * price where it is, it is `stop / (target + stop)`: the win rate that no skill at all would have.
 * Eigenfunction series after Cox and Miller, "The Theory of Stochastic Processes" (1965), section 5.7; for short horizons
 * the equal series of images, after Feller, "An Introduction to Probability Theory" II, X.5.
 *
 * @throws ScannerError `config` when a distance or sigma is outside its range.
 *
 * @example
 * ```ts
 * import { barrierProbabilities } from 'enhanced-market-scanner/forecast';
 *
 * const { target, stop, timeout } = barrierProbabilities({ target: 0.02, stop: 0.01, sigma: 0.015 });
 * console.log(target + stop + timeout); // 1
 * ```
 */
export function barrierProbabilities(options: BarrierOptions): BarrierProbabilities {
  const { up, down, sigma, drift } = corridor(options);
  const hitTarget = firstPassage(up, down, sigma, drift);
  const hitStop = firstPassage(down, up, sigma, -drift);
  return { target: hitTarget, stop: hitStop, timeout: Math.max(0, 1 - hitTarget - hitStop) };
}

/** The barriers' distances in logarithms. */
function corridor(options: BarrierOptions): {
  readonly up: number;
  readonly down: number;
  readonly sigma: number;
  readonly drift: number;
} {
  const { target, stop, sigma, drift = 0 } = options;
  check('target', target, target > 0 && target < Infinity, 'above 0');
  check('stop', stop, stop > 0 && stop < 1, 'between 0 and 1');
  check('sigma', sigma, sigma >= 0, 'at least 0');
  check('drift', drift, Math.abs(drift) < Infinity, 'finite');
  return { up: Math.log1p(target), down: -Math.log1p(-stop), sigma, drift };
}

/** Chance that the walk reaches `near` above before `far` below, within one horizon. */
function firstPassage(near: number, far: number, sigma: number, drift: number): number {
  const width = near + far;
  if (sigma === Infinity) return far / width;
  if (sigma === 0) return drift >= near ? 1 : 0;
  const chance =
    sigma < IMAGES_BELOW * width
      ? byImages(near, far, sigma, drift)
      : bySeries(near, far, sigma, drift);
  return Math.min(1, Math.max(0, chance));
}

function byImages(near: number, far: number, sigma: number, drift: number): number {
  const width = near + far;
  let sum = 0;
  for (let k = 0; ; k++) {
    const image = oneBarrier(near, 2 * k * width, sigma, drift);
    if (!(image > NEGLIGIBLE)) return sum;
    sum += image - oneBarrier(near, 2 * k * width + 2 * far, sigma, drift);
  }
}

/**
 * Chance that a walk without drift reaches `near + beyond` within one horizon, each path weighted by how much likelier the drift
 * makes it; with nothing beyond, the chance that a drifting walk reaches `near`. No exponent is positive, so that nothing overflows
 * however strong the drift.
 */
export function oneBarrier(near: number, beyond: number, sigma: number, drift: number): number {
  const distance = near + beyond;
  if (drift === 0) return 2 * normalCdf(-distance / sigma);
  const speed = Math.abs(drift);
  // Divided twice, because the square of a tiny sigma is 0.
  const tilt = speed / sigma / sigma;
  const against = drift < 0 ? distance + near : beyond;
  const carried = against === 0 ? 0 : -tilt * against;
  const late = scaledTail((distance + speed) / sigma);
  const lead = (distance - speed) / sigma;
  const early = -0.5 * lead * lead;
  // Both tails share a factor, and an exponential costs as much as all the rest.
  if (lead >= 0) return Math.exp(early + carried) * (scaledTail(lead) + late);
  return Math.exp(carried) * normalCdf(-lead) + Math.exp(early + carried) * late;
}

function bySeries(near: number, far: number, sigma: number, drift: number): number {
  const width = near + far;
  const tilt = drift / sigma / sigma;
  const scale = (sigma * Math.PI) / width;
  const speed = drift / sigma;
  const logLikelihood = speed * (near / sigma - speed / 2);
  const turn = (tilt * width) / Math.PI;
  let late = 0;
  for (let n = 1; ; n++) {
    const weight =
      (Math.exp(logLikelihood - 0.5 * n * n * scale * scale) * n) / (n * n + turn * turn);
    late += (n % 2 === 1 ? 1 : -1) * Math.sin((n * Math.PI * far) / width) * weight;
    if (!(weight > NEGLIGIBLE)) break;
  }
  return everTouched(near, far, tilt) - (2 / Math.PI) * late;
}

/** Chance of the near barrier without a horizon. */
function everTouched(near: number, far: number, tilt: number): number {
  const width = near + far;
  // Below it the tilt changes no digit, and a quotient of the smallest doubles has none left.
  if (Math.abs(tilt) * width < 1e-16) return far / width;
  if (tilt > 0) return Math.expm1(-2 * tilt * far) / Math.expm1(-2 * tilt * width);
  return (Math.exp(2 * tilt * near) * Math.expm1(2 * tilt * far)) / Math.expm1(2 * tilt * width);
}

function check(name: string, value: number, holds: boolean, range: string): void {
  if (!holds) throw new ScannerError('config', `${name} must be ${range}, was ${value}`);
}
