import {
  type BarrierOptions,
  type BarrierProbabilities,
  barrierProbabilities,
} from './barrier-probability.js';
import { fairPrice } from './fair-price.js';
import { likelySigmas } from './likely-sigmas.js';
import type { SigmaCalibration } from './model-card.js';

/**
 * First-passage chances of a price whose mean stays, under a volatility that is itself only forecast: the mean of
 * {@link barrierProbabilities} over what sigma may turn out to be, a variance with an inverse gamma distribution around
 * `sigma * sigmaScale`. A drift, where one is given, comes on top.
 *
 * Two numbers per horizon bend the formula to real prices, and leave alone what must not bend: without a horizon the
 * chance is the no-skill rate `stop / (target + stop)` whatever they are. A calibration of the chance itself would move that too,
 * and be wrong for every symmetric pair of close barriers.
 */
export function calibratedBarriers(
  { target, stop, sigma, drift = 0 }: BarrierOptions,
  calibration: SigmaCalibration,
): BarrierProbabilities {
  let hitTarget = 0;
  let hitStop = 0;
  for (const [likely, weight] of likelySigmas(sigma, calibration)) {
    const fair = fairPrice(likely);
    // Field by field: a fit asks this millions of times, and spreading objects would take longer than the formula.
    const chances = barrierProbabilities({
      target,
      stop,
      sigma: fair.sigma,
      drift: fair.drift + drift,
    });
    hitTarget += weight * chances.target;
    hitStop += weight * chances.stop;
  }
  return { target: hitTarget, stop: hitStop, timeout: Math.max(0, 1 - hitTarget - hitStop) };
}
