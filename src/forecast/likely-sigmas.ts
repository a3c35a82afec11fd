import type { SigmaCalibration } from './model-card.js';

// Three-point Gauss-Hermite quadrature for a standard normal variable.
const NODES: readonly (readonly [value: number, weight: number])[] = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
];

/** What a forecast sigma may turn out to be, with weights that add up to 1: a lognormal around `sigma * sigmaScale`. */
export function likelySigmas(
  sigma: number,
  { sigmaScale, sigmaSpread }: SigmaCalibration,
): readonly (readonly [sigma: number, weight: number])[] {
  return NODES.map(([value, weight]) => [
    sigma * sigmaScale * Math.exp(sigmaSpread * value),
    weight,
  ]);
}
