import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import type { ModelCard } from './model-card.js';

/** What an opinion on direction reads, in the order of its weights; each -1 to +1, and of opposite sign in a mirrored market. */
export const DIRECTION_FEATURES = [
  'slowTrend',
  'fastTrend',
  'slowMomentum',
  'fastMomentum',
  'slowVolumeFlow',
  'fastVolumeFlow',
  'slowBandPosition',
  'slowVwapDistance',
] as const;

/** Writes the features of a moment into `out`; some are `NaN` while readings are warming up. */
export function directionFeatures(
  fast: TimeframeReadings,
  slow: TimeframeReadings,
  out: Float64Array,
): void {
  out[0] = Math.tanh(slow.trendStrength / 2);
  out[1] = Math.tanh(fast.trendStrength / 2);
  out[2] = (slow.rsi - 50) / 50;
  out[3] = (fast.rsi - 50) / 50;
  out[4] = slow.volumeFlow;
  out[5] = fast.volumeFlow;
  out[6] = Math.tanh(slow.bandPosition);
  out[7] = slow.atr > 0 ? Math.tanh(slow.vwapDistance / slow.atr / 2) : 0;
}

const features = new Float64Array(DIRECTION_FEATURES.length);

/**
 * An opinion on direction in log odds, positive for up; 0 while readings are warming up.
 *
 * Candles say little about direction, and what they say differs from year to year. The weights are shrunk so far that the
 * opinion only whispers, and
 * `positionChances` bounds what it may move.
 */
export function directionTilt(
  fast: TimeframeReadings,
  slow: TimeframeReadings,
  card: ModelCard,
): number {
  directionFeatures(fast, slow, features);
  return tiltFromFeatures(features, card);
}

/** The same from a row of features. */
export function tiltFromFeatures(row: Float64Array, { tilt }: ModelCard): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += tilt.weights[i] * row[i];
  return Number.isNaN(sum) ? 0 : sum;
}
