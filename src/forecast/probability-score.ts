/**
 * Brier score: mean squared distance between forecast chance and outcome, 0 (perfect) to 1. Lower is better.
 *
 * @param chances - Forecasts, 0 to 1.
 * @param outcomes - 1 where the event happened, 0 where not.
 * @returns `NaN` without forecasts.
 */
export function brierScore(chances: Float64Array, outcomes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < chances.length; i++) sum += (chances[i] - outcomes[i]) ** 2;
  return sum / chances.length;
}

/** Brier skill: the share of a reference's Brier score that the forecast removes; 0 is no better, negative is worse. */
export function brierSkill(score: number, reference: number): number {
  return 1 - score / reference;
}

/** Mean negative log likelihood of the outcomes, in nats; chances are held 1e-15 away from certainty. */
export function logLoss(chances: Float64Array, outcomes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < chances.length; i++) {
    const p = outcomes[i] === 1 ? chances[i] : 1 - chances[i];
    sum -= Math.log(Math.max(1e-15, p));
  }
  return sum / chances.length;
}

/**
 * Quasi-likelihood loss of a variance forecast: `r - ln(r) - 1` with `r` realised over forecast; 0 is perfect.
 *
 * A. Patton, "Volatility forecast comparison using imperfect volatility proxies", Journal of Econometrics 160 (2011): the
 * loss whose ranking of forecasts survives a noisy measure of variance.
 */
export function qlike(realized: number, forecast: number): number {
  const ratio = realized / forecast;
  return ratio - Math.log(ratio) - 1;
}
