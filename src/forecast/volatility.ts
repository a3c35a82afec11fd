import { ScannerError } from '../errors.js';
import { timeframeMs } from '../market/timeframe.js';
import type { HorizonModel, ModelCard } from './model-card.js';
import { VOLATILITY_FEATURES, volatilityFeatures } from './volatility-features.js';
import { FAST_TIMEFRAME, type VolatilityReadings } from './volatility-reader.js';

/** How far a price is expected to move within a horizon. */
export interface VolatilityForecast {
  readonly horizonMs: number;
  /** Expected sum of squared log returns over the horizon. */
  readonly variance: number;
  /** Its square root: the standard deviation of the log return over the horizon. */
  readonly sigma: number;
  /** Expected `ln(high / low)` over the horizon. */
  readonly range: number;
}

// One scratch row per process: a forecast is a dot product, and a back-test makes millions of them.
const features = new Float64Array(VOLATILITY_FEATURES.length);

/**
 * Forecasts volatility over any horizon.
 *
 * A regression in the manner of F. Corsi, "A Simple Approximate Long-Memory Model of Realized Volatility", Journal of Financial
 * Econometrics 7 (2009): logarithms of variance over an hour, four hours, a day and a week, range-based twins, volume,
 * time of day. Between fitted horizons the variance per unit of time is interpolated; beyond them it is held.
 *
 * @returns `undefined` while the readings are warming up.
 */
export function forecastVolatility(
  readings: VolatilityReadings,
  time: number,
  horizonMs: number,
  card: ModelCard,
): VolatilityForecast | undefined {
  if (!(horizonMs > 0 && horizonMs < Infinity)) {
    throw new ScannerError('config', `horizonMs must be above 0, was ${horizonMs}`);
  }
  const week = volatilityFeatures(readings, time, features);
  return forecastFromFeatures(week, features, horizonMs, card);
}

/** The same from a row of features and the week's log variance that they are measured against. */
export function forecastFromFeatures(
  week: number,
  features: Float64Array,
  horizonMs: number,
  card: ModelCard,
): VolatilityForecast | undefined {
  const { lower, upper, share } = bracket(card, horizonMs);
  const logRate =
    (1 - share) * logVarianceRate(lower, features) + share * logVarianceRate(upper, features);
  if (Number.isNaN(logRate + week)) return undefined;
  const variance = Math.exp(logRate + week) * (horizonMs / timeframeMs(FAST_TIMEFRAME));
  const sigma = Math.sqrt(variance);
  const rangeFactor = (1 - share) * lower.rangeFactor + share * upper.rangeFactor;
  return { horizonMs, variance, sigma, range: rangeFactor * sigma };
}

/** Log of the variance per fast candle that a fitted horizon forecasts, relative to the past week's. */
export function logVarianceRate(model: HorizonModel, row: Float64Array): number {
  let sum = model.intercept + Math.log(model.smearing);
  for (let i = 0; i < row.length; i++) sum += model.weights[i] * row[i];
  return sum;
}

/** Two fitted horizons around one that is asked for, and how far it lies between them, 0 to 1, in logarithms of time. */
export interface HorizonBracket {
  readonly lower: HorizonModel;
  readonly upper: HorizonModel;
  readonly share: number;
}

/** Finds the fitted horizons around `horizonMs`; outside the fitted range both are the nearest. */
export function bracket(card: ModelCard, horizonMs: number): HorizonBracket {
  const { horizons } = card;
  const next = horizons.findIndex((model) => model.horizonMs >= horizonMs);
  const upper = horizons[next === -1 ? horizons.length - 1 : next];
  const lower = next > 0 ? horizons[next - 1] : upper;
  const share =
    lower === upper
      ? 0
      : Math.log(horizonMs / lower.horizonMs) / Math.log(upper.horizonMs / lower.horizonMs);
  return { lower, upper, share };
}
