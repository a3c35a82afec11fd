import {
  type BarrierOptions,
  type BarrierProbabilities,
  barrierProbabilities,
} from './barrier-probability.js';
import type { BarrierCalibration } from './model-card.js';

// Three-point Gauss-Hermite quadrature for a standard normal variable.
const NODES: readonly (readonly [value: number, weight: number])[] = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
];

/**
 * First-passage chances under a volatility that is itself only forecast: the mean of {@link barrierProbabilities} over a
 * lognormal sigma around `sigma * sigmaScale`.
 *
 * Two numbers per horizon bend the formula to real prices, and leave alone what must not bend: without a horizon the
 * chance is the no-skill rate whatever they are. A calibration of the chance itself would move that too, and be wrong for
 * every symmetric pair of close barriers.
 */
export function calibratedBarriers(
  options: BarrierOptions,
  { sigmaScale, sigmaSpread }: BarrierCalibration,
): BarrierProbabilities {
  let target = 0;
  let stop = 0;
  for (const [value, weight] of NODES) {
    const sigma = options.sigma * sigmaScale * Math.exp(sigmaSpread * value);
    const chances = barrierProbabilities({ ...options, sigma });
    target += weight * chances.target;
    stop += weight * chances.stop;
  }
  return { target, stop, timeout: Math.max(0, 1 - target - stop) };
}
