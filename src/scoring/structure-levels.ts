import type { Timeframe } from '../market/timeframe.js';
import type { PartialSnapshot } from './voices.js';

/** Candles whose extremes count as the recent swing. */
const SWING_LENGTH = 20;

/**
 * Prices at which a market is likely to turn: the extremes of the newest 20 candles of a timeframe and the edges of the
 * value area, whichever the snapshot has.
 */
export function structureLevels(
  snapshot: PartialSnapshot,
  timeframe: Timeframe,
): readonly number[] {
  const levels: number[] = [];
  const candles = snapshot.candles?.get(timeframe);
  if (candles !== undefined && candles.length > 0) {
    const start = Math.max(0, candles.length - SWING_LENGTH);
    let low = candles.low[start];
    let high = candles.high[start];
    for (let i = start + 1; i < candles.length; i++) {
      if (candles.low[i] < low) low = candles.low[i];
      if (candles.high[i] > high) high = candles.high[i];
    }
    levels.push(low, high);
  }
  const profile = snapshot.volumeProfile;
  if (profile !== undefined) levels.push(profile.valueAreaLow, profile.valueAreaHigh);
  return levels.filter((price) => price > 0 && price < Number.POSITIVE_INFINITY);
}
