import { calibratedBarriers } from '../forecast/calibrated-barriers.js';
import type { BarrierCalibration } from '../forecast/model-card.js';
import type { BarrierEvent } from './barrier-events.js';

const START: BarrierCalibration = { sigmaScale: 0.85, sigmaSpread: 0.3 };
const FIRST_STEP = 0.1;
const LAST_STEP = 0.005;

/** The largest spread the three-point quadrature still represents. */
const MAX_SPREAD = 0.8;

/**
 * Fits how first-passage chances read a volatility forecast, by maximum likelihood of the outcomes.
 *
 * Two parameters and a smooth loss: a pattern search that halves its step is enough, and needs no derivative of a series.
 */
export function fitBarrierCalibration(events: readonly BarrierEvent[]): BarrierCalibration {
  let best = START;
  let loss = negativeLogLikelihood(events, best);
  for (let step = FIRST_STEP; step >= LAST_STEP; ) {
    const better = neighbours(best, step)
      .map((fit) => ({ fit, loss: negativeLogLikelihood(events, fit) }))
      .reduce((a, b) => (b.loss < a.loss ? b : a));
    if (better.loss < loss) {
      best = better.fit;
      loss = better.loss;
    } else {
      step /= 2;
    }
  }
  return best;
}

function neighbours(
  { sigmaScale, sigmaSpread }: BarrierCalibration,
  step: number,
): BarrierCalibration[] {
  const bounded = (spread: number): number => Math.min(MAX_SPREAD, Math.max(0, spread));
  return [
    { sigmaScale: sigmaScale + step, sigmaSpread },
    { sigmaScale: Math.max(step, sigmaScale - step), sigmaSpread },
    { sigmaScale, sigmaSpread: bounded(sigmaSpread + step) },
    { sigmaScale, sigmaSpread: bounded(sigmaSpread - step) },
  ];
}

function negativeLogLikelihood(events: readonly BarrierEvent[], fit: BarrierCalibration): number {
  let sum = 0;
  for (const event of events) {
    const chance = calibratedBarriers(event, fit).target;
    sum -= Math.log(Math.max(1e-9, event.hit ? chance : 1 - chance));
  }
  return sum;
}
