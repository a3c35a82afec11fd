import type { SigmaCalibration } from './model-card.js';

// Three-point Gauss-Hermite quadrature for a standard normal variable.
const NODES: readonly (readonly [value: number, weight: number])[] = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
];

/** The largest spread that three points still stand for. */
export const MAX_SIGMA_SPREAD = 0.5;

/**
 * What a forecast sigma may turn out to be, with weights that add up to 1.
 *
 * The variance around a forecast is taken as inverse gamma, which makes returns Student's t: a market may turn out much wilder than
 * was forecast, but hardly much calmer. Its shape is `1 / (4 * sigmaSpread ** 2)`; the cube root of a gamma variable is nearly
 * normal (Wilson and Hilferty, "The Distribution of Chi-Square", 1931), so three points of a normal one do.
 */
export function likelySigmas(
  sigma: number,
  { sigmaScale, sigmaSpread }: SigmaCalibration,
): readonly (readonly [sigma: number, weight: number])[] {
  const middle = 1 - (4 / 9) * sigmaSpread ** 2;
  return NODES.map(([value, weight]) => [
    sigma * sigmaScale * (middle - (2 / 3) * sigmaSpread * value) ** -1.5,
    weight,
  ]);
}
