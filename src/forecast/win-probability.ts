import type { BarrierProbabilities } from './barrier-probability.js';
import { calibratedBarriers } from './calibrated-barriers.js';
import type { HorizonModel, ModelCard, SigmaCalibration } from './model-card.js';
import { logistic, logit } from './platt.js';
import type { VolatilityForecast } from './volatility.js';
import { bracket } from './volatility.js';
import { wilsonInterval } from './wilson-interval.js';

/** A position's target and stop. */
export interface PositionBarriers {
  readonly side: 'long' | 'short';
  /** Distances from the entry as fractions of its price. */
  readonly target: number;
  readonly stop: number;
}

/** Chances of a position within a horizon, without and with an opinion on direction. */
export interface PositionChances {
  /** What a market without direction would give. */
  readonly noSkill: BarrierProbabilities;
  /** With the directional tilt; equal to `noSkill` without one. */
  readonly chances: BarrierProbabilities;
  /** With no more of the tilt than unseen data bear out, the card's `provenShare`. */
  readonly proven: BarrierProbabilities;
  /** 95% interval of `chances.target`; all from 0 to 1 where no event is behind it. */
  readonly low: number;
  readonly high: number;
  /** Resolved events behind the interval, before allowing for their overlap. */
  readonly sampleSize: number;
}

/** The most an opinion on direction may move a chance: candles say little about it, so it may only whisper. */
export const MAX_TILT = 0.03;

/**
 * Calibrated chances of a position under a volatility forecast.
 *
 * @param tilt - An opinion on direction in log odds, positive for up; moves the chance of the target by at most
 * {@link MAX_TILT}.
 */
export function positionChances(
  barriers: PositionBarriers,
  { sigma, horizonMs }: VolatilityForecast,
  card: ModelCard,
  tilt = 0,
): PositionChances {
  const { lower, upper, share } = bracket(card, horizonMs);
  const noSkill = fairChances(barriers, sigma, {
    sigmaScale: mix(lower.barrier.sigmaScale, upper.barrier.sigmaScale, share),
    sigmaSpread: mix(lower.barrier.sigmaSpread, upper.barrier.sigmaSpread, share),
  });
  const opinion = barriers.side === 'long' ? tilt : -tilt;
  const chances = tilted(noSkill, opinion);
  const proven = tilted(noSkill, opinion * card.tilt.provenShare);
  return { noSkill, chances, proven, ...evidence(share < 0.5 ? lower : upper, chances.target) };
}

/** Chances of a position in a market without direction: what a short one calls its target is a long one's stop. */
export function fairChances(
  { side, target, stop }: PositionBarriers,
  sigma: number,
  calibration: SigmaCalibration,
): BarrierProbabilities {
  if (side === 'long') return calibratedBarriers({ target, stop, sigma }, calibration);
  const long = calibratedBarriers({ target: stop, stop: target, sigma }, calibration);
  return { target: long.stop, stop: long.target, timeout: long.timeout };
}

// An opinion on direction tells which of the two levels is met first, not whether one is met: time-outs stay what volatility
// makes them. The nearer geometry alone has come to deciding it, the less of the opinion counts: on recorded markets a near
// target with a far stop gained nothing by it, where levels of equal distance did.
function tilted(chances: BarrierProbabilities, tilt: number): BarrierProbabilities {
  const resolved = chances.target + chances.stop;
  if (tilt === 0 || resolved === 0) return chances;
  const first = chances.target / resolved;
  const open = 4 * first * (1 - first);
  const moved = resolved * (logistic(logit(first) + open * tilt) - first);
  const bounded = Math.min(MAX_TILT, Math.max(-MAX_TILT, moved));
  const gain = Math.max(-chances.target, Math.min(chances.stop, bounded));
  return {
    target: chances.target + gain,
    stop: chances.stop - gain,
    timeout: chances.timeout,
  };
}

// The spread of what such forecasts were worth, around this forecast rather than around their own rate. A card fitted on a single
// set was never held against another: then a chance may be anything.
function evidence(
  { reliability, designEffect }: HorizonModel,
  chance: number,
): Pick<PositionChances, 'low' | 'high' | 'sampleSize'> {
  const { count, hits, meanChance } = reliability;
  let nearest = 0;
  meanChance.forEach((mean, bin) => {
    if (Math.abs(mean - chance) < Math.abs(meanChance[nearest] - chance)) nearest = bin;
  });
  const sampleSize = count[nearest] ?? 0;
  if (sampleSize === 0) return { low: 0, high: 1, sampleSize };
  const rate = hits[nearest] / sampleSize;
  const effective = sampleSize / designEffect;
  const [low, high] = wilsonInterval(rate * effective, effective);
  const shift = chance - rate;
  return { low: Math.max(0, low + shift), high: Math.min(1, high + shift), sampleSize };
}

function mix(a: number, b: number, share: number): number {
  return (1 - share) * a + share * b;
}
