import type { SigmaCalibration } from '../forecast/model-card.js';
import { calibratedTouch } from '../forecast/touch-probability.js';
import { firstTouches, NEVER } from './labels.js';
import type { Resolved } from './resolved.js';
import { fitSigmaCalibration } from './sigma-fit.js';

const HOUR_MS = 3_600_000;

/** Level at one hour, as a fraction of price; it grows with the root of time, so that each horizon is asked what is in doubt. */
const HOURLY_LEVEL = 0.005;
const MULTIPLES = [0.8, 1, 1.25] as const;

/** Fits how touch chances read a volatility forecast. */
export function fitTouch(
  rows: readonly Resolved[],
  horizonMs: number,
  sigmaOf: (row: Resolved) => number,
): SigmaCalibration {
  const levels = MULTIPLES.map((by) => by * HOURLY_LEVEL * Math.sqrt(horizonMs / HOUR_MS));
  const events = rows.flatMap((row) => {
    const sigma = sigmaOf(row);
    return (['up', 'down'] as const).flatMap((side) => {
      const touched = touchedLevels(row, side, levels);
      return levels.map((level, k) => ({ side, level, sigma, hit: touched[k] !== NEVER }));
    });
  });
  return fitSigmaCalibration(events, (event, calibration) => {
    const chance = calibratedTouch(event, calibration);
    return event.hit ? chance : 1 - chance;
  });
}

function touchedLevels(
  { decision, horizon }: Resolved,
  side: 'up' | 'down',
  levels: readonly number[],
): Int32Array {
  const sign = side === 'up' ? 1 : -1;
  const prices = Float64Array.from(levels, (level) => decision.price * (1 + sign * level));
  const at = new Int32Array(levels.length);
  firstTouches(decision.history.base, horizon, side, prices, at);
  return at;
}
