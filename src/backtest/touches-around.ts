import type { CandleSeries } from '../market/candle-series.js';
import { firstTouches, type Horizon } from './labels.js';

/** The first candle that reaches each of some distances from an entry, `NEVER` where none does. */
export interface TouchesAround {
  readonly above: Int32Array;
  readonly below: Int32Array;
}

/**
 * First touches on both sides of the open at which a horizon begins.
 *
 * @param distances - Fractions of that price, rising.
 */
export function touchesAround(
  candles: CandleSeries,
  horizon: Horizon,
  distances: readonly number[],
): TouchesAround {
  const entry = candles.open[horizon.from];
  const touches = (side: 'up' | 'down'): Int32Array => {
    const sign = side === 'up' ? 1 : -1;
    const levels = Float64Array.from(distances, (distance) => entry * (1 + sign * distance));
    const at = new Int32Array(levels.length);
    firstTouches(candles, horizon, side, levels, at);
    return at;
  };
  return { above: touches('up'), below: touches('down') };
}
