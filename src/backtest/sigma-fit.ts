import { MAX_SIGMA_SPREAD } from '../forecast/likely-sigmas.js';
import type { SigmaCalibration } from '../forecast/model-card.js';

const START: SigmaCalibration = { sigmaScale: 0.85, sigmaSpread: 0.3 };

/** Steps of the first search, on some of the events, and of the last, on all of them. */
const COARSE = { from: 0.1, to: 0.02, every: 8 };
const FINE = { from: 0.02, to: 0.004, every: 1 };

/** No chance is so sure that an event may cost more than this in likelihood. */
const LEAST_CHANCE = 1e-9;

/**
 * Fits how chances read a volatility forecast, by maximum likelihood of the outcomes.
 *
 * Two parameters and a smooth loss: a pattern search that halves its step is enough, and needs no derivative of a series. It
 * looks along the diagonals too, because a wider spread asks for a smaller scale. It finds the neighbourhood on every eighth event.
 *
 * @param chanceOf - The chance that a calibration gave to what happened.
 */
export function fitSigmaCalibration<Event>(
  events: readonly Event[],
  chanceOf: (event: Event, calibration: SigmaCalibration) => number,
): SigmaCalibration {
  return [COARSE, FINE].reduce((best, { from, to, every }) => {
    const some = events.filter((_, i) => i % every === 0);
    return search(best, from, to, (fit) => {
      let sum = 0;
      for (const event of some) sum -= Math.log(Math.max(LEAST_CHANCE, chanceOf(event, fit)));
      return sum;
    });
  }, START);
}

function search(
  start: SigmaCalibration,
  firstStep: number,
  lastStep: number,
  lossOf: (fit: SigmaCalibration) => number,
): SigmaCalibration {
  let best = start;
  let loss = lossOf(best);
  for (let step = firstStep; step >= lastStep; ) {
    const better = neighbours(best, step)
      .map((fit) => ({ fit, loss: lossOf(fit) }))
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
  { sigmaScale, sigmaSpread }: SigmaCalibration,
  step: number,
): SigmaCalibration[] {
  return [-1, 0, 1].flatMap((scale) =>
    [-1, 0, 1]
      .filter((spread) => scale !== 0 || spread !== 0)
      .map((spread) => ({
        sigmaScale: Math.max(step, sigmaScale + scale * step),
        sigmaSpread: Math.min(MAX_SIGMA_SPREAD, Math.max(0, sigmaSpread + spread * step)),
      })),
  );
}
