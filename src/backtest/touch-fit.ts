import { fitPlatt, logit, type PlattCalibration } from '../forecast/platt.js';
import { touchProbability } from '../forecast/touch-probability.js';
import { firstTouches, NEVER } from './labels.js';
import type { Resolved } from './resolved.js';

const LEVELS = [0.005, 0.01, 0.02, 0.03] as const;

/** Fits how touch chances read a volatility forecast. */
export function fitTouch(
  rows: readonly Resolved[],
  sigmaOf: (row: Resolved) => number,
): PlattCalibration {
  const scores: number[] = [];
  const outcomes: number[] = [];
  for (const row of rows) {
    const sigma = sigmaOf(row);
    for (const side of ['up', 'down'] as const) {
      const touched = touchedLevels(row, side);
      LEVELS.forEach((level, k) => {
        scores.push(logit(touchProbability({ side, level, sigma })));
        outcomes.push(touched[k] === NEVER ? 0 : 1);
      });
    }
  }
  return fitPlatt(Float64Array.from(scores), Uint8Array.from(outcomes));
}

function touchedLevels({ decision, horizon }: Resolved, side: 'up' | 'down'): Int32Array {
  const sign = side === 'up' ? 1 : -1;
  const prices = Float64Array.from(LEVELS, (level) => decision.price * (1 + sign * level));
  const at = new Int32Array(LEVELS.length);
  firstTouches(decision.history.base, horizon, side, prices, at);
  return at;
}
