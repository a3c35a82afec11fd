import { normalQuantile } from '../../forecast/normal.js';
import type { VolatilityPrediction } from '../analyst-answer.js';
import type { AnalystQuestion } from '../analyst-question.js';
import { type Finding, logReturns, sampleConfidence } from './finding.js';

const SHORTEST = 30;
const HORIZON = 12;

/** The weight of the past in an exponentially weighted variance: RiskMetrics' 0.94. */
const DECAY = 0.94;

/** An exponentially weighted deviation carried over 12 candles, its rank among its own past, and a 90% range around the last close. */
export function predictVolatility({ closes }: AnalystQuestion): Finding<VolatilityPrediction> {
  const capability = 'volatility_prediction';
  const returns = logReturns(closes);
  const n_obs = closes.length;
  const last = closes[n_obs - 1] ?? 0;
  if (returns.length < SHORTEST) {
    const reasons = [`a forecast needs ${SHORTEST + 1} closes, there are ${n_obs}`];
    const unknown = { forecast_vol: 0, pct: 0, horizon_bars: HORIZON, low: last, high: last };
    return { capability, confidence: 0, n_obs, reasons, ...unknown };
  }
  const variances = weightedVariances(returns);
  const newest = variances[variances.length - 1];
  const below = variances.filter((variance) => variance < newest).length;
  const forecast = Math.sqrt(newest * HORIZON);
  const reach = normalQuantile(0.95) * forecast;
  return {
    capability,
    confidence: sampleConfidence(returns.length),
    n_obs,
    reasons: [`expects ${(100 * forecast).toFixed(2)}% over ${HORIZON} candles`],
    forecast_vol: forecast,
    pct: below / Math.max(1, variances.length - 1),
    horizon_bars: HORIZON,
    low: last * Math.exp(-reach),
    high: last * Math.exp(reach),
  };
}

/** The weighted variance after each return, from the tenth on, begun with the mean square of the first ten. */
function weightedVariances(returns: Float64Array): readonly number[] {
  const begin = returns.subarray(0, 10);
  let variance = begin.reduce((sum, move) => sum + move * move, 0) / begin.length;
  const variances = [variance];
  for (const move of returns.subarray(10)) {
    variance = DECAY * variance + (1 - DECAY) * move * move;
    variances.push(variance);
  }
  return variances;
}
