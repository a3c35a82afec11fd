import { ScannerError } from '../errors.js';
import { normalCdf } from './normal.js';
import { applyPlatt, logit, type PlattCalibration } from './platt.js';

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

/** {@link touchProbability} recalibrated by what such forecasts were worth. */
export function calibratedTouch(options: TouchOptions, calibration: PlattCalibration): number {
  return applyPlatt(calibration, logit(touchProbability(options)));
}
