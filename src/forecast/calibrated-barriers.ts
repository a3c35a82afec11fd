import {
  type BarrierOptions,
  type BarrierProbabilities,
  barrierProbabilities,
  targetProbability,
} from './barrier-probability.js';
import { likelySigmas } from './likely-sigmas.js';
import type { SigmaCalibration } from './model-card.js';

/**
 * First-passage chances under a volatility that is itself only forecast: the mean of {@link barrierProbabilities} over what
 * sigma may turn out to be, a variance with an inverse gamma distribution around `sigma * sigmaScale`.
 *
 * Two numbers per horizon bend the formula to real prices, and leave alone what must not bend: without a horizon the
 * chance is the no-skill rate whatever they are. A calibration of the chance itself would move that too, and be wrong for
 * every symmetric pair of close barriers.
 */
export function calibratedBarriers(
  options: BarrierOptions,
  calibration: SigmaCalibration,
): BarrierProbabilities {
  let target = 0;
  let stop = 0;
  for (const [sigma, weight] of likelySigmas(options.sigma, calibration)) {
    const chances = barrierProbabilities({ ...options, sigma });
    target += weight * chances.target;
    stop += weight * chances.stop;
  }
  return { target, stop, timeout: Math.max(0, 1 - target - stop) };
}

/** The chance of the target of {@link calibratedBarriers} alone, for half the work. */
export function calibratedTarget(options: BarrierOptions, calibration: SigmaCalibration): number {
  let chance = 0;
  for (const [sigma, weight] of likelySigmas(options.sigma, calibration)) {
    chance += weight * targetProbability({ ...options, sigma });
  }
  return chance;
}
