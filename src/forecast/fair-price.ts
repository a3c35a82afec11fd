/** A price whose logarithm spreads so far has met every level; half of the variance is still a number. */
const ENDLESS = 1e3;

/**
 * How a price moves that favours nobody: its mean stays where it is, so its logarithm drifts down by half of its variance.
 *
 * No position in it, long or short, is expected to bring anything before costs, and without a horizon it meets a target before a
 * stop with chance `stop / (target + stop)`. Of a price whose logarithm has no drift that is true of neither: it rises on average.
 */
export function fairPrice(sigma: number): { readonly sigma: number; readonly drift: number } {
  const spread = Math.min(sigma, ENDLESS);
  return { sigma: spread, drift: (-spread * spread) / 2 };
}
