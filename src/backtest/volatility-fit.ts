import { type LinearModel, RidgeRegression } from '../forecast/ridge.js';
import { VOLATILITY_FEATURES } from '../forecast/volatility-features.js';
import { FAST_MS, type Resolved } from './resolved.js';

const RIDGE_PENALTY = 1e-3;

/** A fitted volatility model of one horizon. */
export interface VolatilityFit {
  readonly linear: LinearModel;
  readonly smearing: number;
  readonly rangeFactor: number;
  /** Forecast standard deviation of the log return over the horizon. */
  sigmaOf(row: Resolved): number;
}

/** Fits log realised variance relative to the past week's, and what turns its mean logarithm into a mean. */
export function fitVolatility(rows: readonly Resolved[], horizonMs: number): VolatilityFit {
  const regression = new RidgeRegression(VOLATILITY_FEATURES.length);
  for (const row of rows) regression.add(row.decision.features, logRate(row, horizonMs));
  const linear = regression.fit(RIDGE_PENALTY);
  let smearing = 0;
  for (const row of rows) {
    smearing += Math.exp(logRate(row, horizonMs) - predict(linear, row.decision.features));
  }
  smearing /= rows.length;
  const candles = horizonMs / FAST_MS;
  const sigmaOf = ({ decision }: Resolved): number => {
    const rate = predict(linear, decision.features) + decision.week;
    return Math.sqrt(Math.exp(rate) * smearing * candles);
  };
  return { linear, smearing, rangeFactor: rangeFactor(rows, sigmaOf), sigmaOf };
}

// A ratio of means, not a mean of ratios: symbols that hardly move would otherwise decide it.
function rangeFactor(rows: readonly Resolved[], sigmaOf: (row: Resolved) => number): number {
  let range = 0;
  let sigma = 0;
  for (const row of rows) {
    range += row.range;
    sigma += sigmaOf(row);
  }
  return range / sigma;
}

function logRate({ decision, variance }: Resolved, horizonMs: number): number {
  return Math.log(variance / (horizonMs / FAST_MS)) - decision.week;
}

function predict({ intercept, weights }: LinearModel, features: Float64Array): number {
  let sum = intercept;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * features[i];
  return sum;
}
