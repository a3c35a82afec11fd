import { ScannerError } from '../errors.js';
import { oneBarrier } from './barrier-probability.js';
import { fairPrice } from './fair-price.js';
import { likelySigmas } from './likely-sigmas.js';
import type { SigmaCalibration } from './model-card.js';

/** A level and the horizon's volatility. */
export interface TouchOptions {
  /** Which way the level lies. */
  readonly side: 'up' | 'down';
  /** Distance to the level as a fraction of price, above 0, and below 1 on the way down. */
  readonly level: number;
  /** Forecast standard deviation of the log return over the horizon. */
  readonly sigma: number;
  /**
   * Expected log return over the horizon.
   * @defaultValue 0
   */
  readonly drift?: number | undefined;
}

/**
 * Chance that a price touches a level within the horizon, by the reflection principle: without drift `2 * Phi(-distance / sigma)`
 * with the distance in logarithms.
 *
 * @throws ScannerError `config` when the level, sigma or the drift is outside its range.
 */
export function touchProbability(options: TouchOptions): number {
  check(options);
  const { side, level, sigma, drift = 0 } = options;
  const isUp = side === 'up';
  const distance = isUp ? Math.log1p(level) : -Math.log1p(-level);
  const towards = isUp ? drift : -drift;
  if (sigma === 0) return towards >= distance ? 1 : 0;
  return sigma === Infinity ? 1 : oneBarrier(distance, 0, sigma, towards);
}

function check({ side, level, sigma, drift = 0 }: TouchOptions): void {
  if (!(level > 0 && level < (side === 'up' ? Infinity : 1))) {
    throw new ScannerError(
      'config',
      `level must be above 0${side === 'up' ? '' : ' and below 1'}, was ${level}`,
    );
  }
  if (!(sigma >= 0)) throw new ScannerError('config', `sigma must be at least 0, was ${sigma}`);
  if (!Number.isFinite(drift)) {
    throw new ScannerError('config', `drift must be finite, was ${drift}`);
  }
}

/**
 * The same for a price whose mean stays, under a volatility that is itself only forecast: the mean of {@link touchProbability} over
 * what sigma may turn out to be. A drift, where one is given, comes on top. Two numbers fitted on one year held in others, where two
 * that bend the chance itself were twice as far off.
 */
export function calibratedTouch(
  { side, level, sigma, drift = 0 }: TouchOptions,
  calibration: SigmaCalibration,
): number {
  let chance = 0;
  for (const [likely, weight] of likelySigmas(sigma, calibration)) {
    const fair = fairPrice(likely);
    const toFair = { side, level, sigma: fair.sigma, drift: fair.drift + drift };
    chance += weight * touchProbability(toFair);
  }
  return chance;
}
