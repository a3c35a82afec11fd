/** Full Kelly assumes the probability is known exactly; it never is. */
const KELLY_SHARE = 0.25;

/**
 * Kelly's fraction of equity to put at risk at the stop: `p - (1 - p) / R`, where a win pays `R` times what a loss costs.
 * Never below 0: a bet without an edge is not taken, and its other side is another bet.
 *
 * Source: Kelly, "A New Interpretation of Information Rate", Bell System Technical Journal 35 (1956). As a share of
 * notional rather than of risk it is `p / stop - (1 - p) / target`, the same number over the stop's distance.
 *
 * @param probability - Chance of a win, 0 to 1.
 * @param rewardToRisk - `R`, above 0.
 *
 * @example
 * ```ts
 * import { kellyFraction } from 'enhanced-market-scanner';
 *
 * console.log(kellyFraction(0.6, 0.1 / 0.05).toFixed(2)); // 0.40
 * ```
 */
export function kellyFraction(probability: number, rewardToRisk: number): number {
  if (!(rewardToRisk > 0)) return 0;
  return Math.max(0, probability - (1 - probability) / rewardToRisk);
}

/** A quarter of {@link kellyFraction}: the most that an estimated probability is trusted with. */
export function quarterKelly(probability: number, rewardToRisk: number): number {
  return KELLY_SHARE * kellyFraction(probability, rewardToRisk);
}
