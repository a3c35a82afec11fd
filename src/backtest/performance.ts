import { normalCdf, normalQuantile } from '../forecast/normal.js';

/** Euler's constant, in the expected largest of many Sharpe ratios. */
const EULER = 0.5772156649015329;

/** Below this many returns a ratio says more about luck than about skill, and is withheld. */
export const MIN_RETURNS = 30;

/** A deviation of so small a share of the mean is what rounding leaves of returns that are all alike. */
const ROUNDING = 1e-12;

/** Moments of a column of returns, per period. */
export interface ReturnMoments {
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation. */
  readonly deviation: number;
  readonly skewness: number;
  /** Raw, not excess: 3 for a normal distribution. */
  readonly kurtosis: number;
}

/** Moments of `returns`; `NaN` where there are too few to define one. */
export function returnMoments(returns: Float64Array): ReturnMoments {
  const count = returns.length;
  let mean = 0;
  for (const r of returns) mean += r / count;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (const r of returns) {
    const d = r - mean;
    second += (d * d) / count;
    third += (d * d * d) / count;
    fourth += (d * d * d * d) / count;
  }
  return {
    count,
    mean: count > 0 ? mean : Number.NaN,
    deviation: Math.sqrt((second * count) / (count - 1)),
    skewness: third / second ** 1.5,
    kurtosis: fourth / second ** 2,
  };
}

/**
 * Sharpe ratio per period: mean return over its sample standard deviation, without a risk-free rate.
 *
 * Take it from one equal-interval, marked-to-market equity series; from returns per trade it means nothing.
 *
 * @returns `undefined` when the returns do not vary.
 */
export function sharpeRatio(returns: Float64Array): number | undefined {
  const { mean, deviation } = returnMoments(returns);
  return deviation > ROUNDING * Math.abs(mean) ? mean / deviation : undefined;
}

/**
 * Sortino ratio per period: mean return above `target` over the root mean square of the shortfalls, over all periods.
 *
 * @returns `undefined` when no period falls short.
 */
export function sortinoRatio(returns: Float64Array, target = 0): number | undefined {
  let excess = 0;
  let shortfall = 0;
  for (const r of returns) {
    excess += (r - target) / returns.length;
    shortfall += Math.min(0, r - target) ** 2 / returns.length;
  }
  return shortfall > 0 ? excess / Math.sqrt(shortfall) : undefined;
}

/**
 * What a ratio per period is multiplied by to be annual, when returns are not independent.
 *
 * A. W. Lo, "The Statistics of Sharpe Ratios", Financial Analysts Journal 58 (2002): `q / sqrt(q + 2 sum (q - k) rho_k)`,
 * which is `sqrt(q)` without autocorrelation.
 *
 * @param periods - Periods in a year: 365 for days of a market that never closes.
 * @param autocorrelations - Of lags 1, 2, ...
 */
export function annualizationFactor(
  periods: number,
  autocorrelations: readonly number[] = [],
): number {
  let sum = periods;
  autocorrelations.forEach((rho, i) => {
    sum += 2 * (periods - i - 1) * rho;
  });
  return periods / Math.sqrt(sum);
}

/**
 * Probabilistic Sharpe ratio: chance that the true ratio exceeds `benchmark`, given how many returns there were and how
 * skewed and heavy-tailed they are.
 *
 * D. Bailey and M. López de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15 (2012). Everything is per
 * period, and the kurtosis raw: an annual ratio or an excess kurtosis here turns luck into certainty.
 */
export function probabilisticSharpeRatio(
  { sharpe, count, skewness, kurtosis }: SharpeEvidence,
  benchmark = 0,
): number {
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return normalCdf(((sharpe - benchmark) * Math.sqrt(count - 1)) / Math.sqrt(variance));
}

/** A Sharpe ratio per period and the returns behind it. */
export interface SharpeEvidence {
  readonly sharpe: number;
  readonly count: number;
  readonly skewness: number;
  /** Raw, not excess. */
  readonly kurtosis: number;
}

/**
 * The Sharpe ratio per period that the best of `trials` skill-less configurations would be expected to show.
 *
 * @param variance - Of the ratios over the trials.
 */
export function expectedBestSharpe(trials: number, variance: number): number {
  if (trials <= 1) return 0;
  return (
    Math.sqrt(variance) *
    ((1 - EULER) * normalQuantile(1 - 1 / trials) +
      EULER * normalQuantile(1 - 1 / (trials * Math.E)))
  );
}

/**
 * Deflated Sharpe ratio: {@link probabilisticSharpeRatio} against what luck alone would have shown after as many trials.
 *
 * D. Bailey and M. López de Prado, "The Deflated Sharpe Ratio", Journal of Portfolio Management 40 (2014).
 */
export function deflatedSharpeRatio(
  evidence: SharpeEvidence,
  trials: number,
  variance: number,
): number {
  return probabilisticSharpeRatio(evidence, expectedBestSharpe(trials, variance));
}
