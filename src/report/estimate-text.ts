import type { Estimate } from '../backtest/resampling.js';
import { signedText } from './quantity.js';

/** A number that may not be known, and then perhaps why. */
export function optionalText(
  value: number | undefined,
  text: (value: number) => string,
  why?: string,
): string {
  if (value !== undefined) return text(value);
  return why === undefined ? 'unknown' : `unknown (${why})`;
}

/** A number whose days are too few to say where 95% of its resampled values lie. */
export function withoutInterval(text: string): string {
  return `${text} [too few days to tell]`;
}

/** Why there is no ratio of daily returns. */
export const NO_RATIO = 'unknown (fewer than 30 whole days, or all alike)';

/**
 * A number and where 95% of its resampled values lie: `+1.20 [-0.40, +2.90]`.
 *
 * @param otherwise - What to say where that is not known.
 */
export function estimateText(
  estimate: Estimate | undefined,
  digits: number,
  otherwise = 'unknown',
): string {
  if (estimate === undefined) return otherwise;
  const { value, low, high } = estimate;
  return `${signedText(value, digits)} [${signedText(low, digits)}, ${signedText(high, digits)}]`;
}

/** A share and where 95% of its resampled values lie: `23.1% [19.0%, 27.4%]`. */
export function rangeText(
  estimate: Estimate | undefined,
  text: (value: number) => string,
  otherwise = 'unknown',
): string {
  if (estimate === undefined) return otherwise;
  const { value, low, high } = estimate;
  return `${text(value)} [${text(low)}, ${text(high)}]`;
}
