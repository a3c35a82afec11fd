import { ScannerError } from '../errors.js';
import { likelySigmas } from './likely-sigmas.js';
import type { SigmaCalibration } from './model-card.js';
import { normalCdf } from './normal.js';

/** A level and the horizon's volatility. */
export interface TouchOptions {
  /** Which way the level lies. */
  readonly side: 'up' | 'down';
  /** Distance to the level as a fraction of price, above 0, and below 1 on the way down. */
  readonly level: number;
  /** Forecast standard deviation of the log return over the horizon. */
  readonly sigma: number;
}

/**
 * Chance that a driftless price touches a level within the horizon, by the reflection principle: `2 * Phi(-distance / sigma)`
 * with the distance in logarithms.
 *
 * @throws ScannerError `config` when the level or sigma is outside its range.
 */
export function touchProbability({ side, level, sigma }: TouchOptions): number {
  if (!(level > 0 && level < (side === 'up' ? Infinity : 1))) {
    throw new ScannerError(
      'config',
      `level must be above 0${side === 'up' ? '' : ' and below 1'}, was ${level}`,
    );
  }
  if (!(sigma >= 0)) throw new ScannerError('config', `sigma must be at least 0, was ${sigma}`);
  const distance = side === 'up' ? Math.log1p(level) : -Math.log1p(-level);
  return sigma === 0 ? 0 : 2 * normalCdf(-distance / sigma);
}

/**
 * The same under a volatility that is itself only forecast: the mean of {@link touchProbability} over what sigma may turn out to be. Two
 * numbers fitted on one year held in others, where two that bend the chance itself were twice as far off.
 */
export function calibratedTouch(options: TouchOptions, calibration: SigmaCalibration): number {
  let chance = 0;
  for (const [sigma, weight] of likelySigmas(options.sigma, calibration)) {
    chance += weight * touchProbability({ ...options, sigma });
  }
  return chance;
}
