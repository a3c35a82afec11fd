import type { VolatilityReadings } from './volatility-reader.js';

/** What the volatility model reads, in the order of its weights. */
export const VOLATILITY_FEATURES = [
  'varianceHour',
  'varianceFourHours',
  'varianceDay',
  'rangeHour',
  'rangeFourHours',
  'rangeDay',
  'rangeWeek',
  'varianceWeighted',
  'volumeHour',
  'volumeFourHours',
  'dailySine1',
  'dailyCosine1',
  'dailySine2',
  'dailyCosine2',
  'dailySine3',
  'dailyCosine3',
  'weekend',
] as const;

const DAY_MS = 86_400_000;

// A symbol that does not move at all still has a variance of a hundredth of a basis point per candle here, so that logarithms
// stay finite; any market that trades moves ten thousand times as much.
const VARIANCE_FLOOR = 1e-10;
const VOLUME_FLOOR = 1e-3;

/**
 * Writes the features at a moment into `out`, and returns the log variance of the past week that they are measured against.
 *
 * Every variance is taken relative to the week's: the model then forecasts how much more or less than usual a symbol will
 * move, which holds across symbols and years, where absolute levels drift.
 *
 * @param time - The moment of the forecast, epoch milliseconds.
 * @returns `NaN` while any reading is missing.
 */
export function volatilityFeatures(
  readings: VolatilityReadings,
  time: number,
  out: Float64Array,
): number {
  const week = logVariance(readings.varianceWeek);
  out[0] = logVariance(readings.varianceHour) - week;
  out[1] = logVariance(readings.varianceFourHours) - week;
  out[2] = logVariance(readings.varianceDay) - week;
  out[3] = logVariance(readings.rangeHour) - week;
  out[4] = logVariance(readings.rangeFourHours) - week;
  out[5] = logVariance(readings.rangeDay) - week;
  out[6] = logVariance(readings.rangeWeek) - week;
  out[7] = logVariance(readings.varianceWeighted) - week;
  out[8] = logRatio(readings.volumeHour, readings.volumeDay);
  out[9] = logRatio(readings.volumeFourHours, readings.volumeDay);
  const angle = (2 * Math.PI * (time % DAY_MS)) / DAY_MS;
  for (let k = 1; k <= 3; k++) {
    out[8 + 2 * k] = Math.sin(k * angle);
    out[9 + 2 * k] = Math.cos(k * angle);
  }
  out[16] = isWeekend(time) ? 1 : 0;
  return week;
}

function logVariance(variance: number): number {
  return Math.log(variance + VARIANCE_FLOOR);
}

// Feeds without volume say 0 throughout: their ratio is taken as 1, "as usual".
function logRatio(recent: number, usual: number): number {
  return usual > 0 ? Math.log(recent / usual + VOLUME_FLOOR) : usual;
}

// The epoch was a Thursday: days 2 and 3 after it were a weekend.
function isWeekend(time: number): boolean {
  const day = Math.floor(time / DAY_MS) % 7;
  return day === 2 || day === 3;
}
