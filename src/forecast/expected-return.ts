import type { PositionBarriers, PositionChances } from './win-probability.js';

/**
 * Expected return of a position over its horizon, as a fraction of the entry price, net of what the round trip costs.
 *
 * A market without direction gives every position an expected return of nothing before costs (optional stopping), which fixes
 * what an unresolved position is worth on average. What remains is the value of the opinion on direction, less the costs:
 * no volatility, however well forecast, turns a coin into an edge.
 *
 * @param cost - Fees, spread, slippage and funding of the round trip, as a fraction of the entry price.
 */
export function expectedReturn(
  { target, stop }: Pick<PositionBarriers, 'target' | 'stop'>,
  { noSkill, chances }: Pick<PositionChances, 'noSkill' | 'chances'>,
  cost: number,
): number {
  const gained = (chances.target - noSkill.target) * target;
  const saved = (noSkill.stop - chances.stop) * stop;
  return gained + saved - cost;
}
