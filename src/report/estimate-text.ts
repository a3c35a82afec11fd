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

/** A number and where 95% of its resampled values lie: `+1.20 [-0.40, +2.90]`. */
export function estimateText(estimate: Estimate | undefined, digits: number): string {
  if (estimate === undefined) return 'unknown';
  const { value, low, high } = estimate;
  return `${signedText(value, digits)} [${signedText(low, digits)}, ${signedText(high, digits)}]`;
}

/** A share and where 95% of its resampled values lie: `23.1% [19.0%, 27.4%]`. */
export function rangeText(estimate: Estimate | undefined, text: (value: number) => string): string {
  if (estimate === undefined) return 'unknown';
  const { value, low, high } = estimate;
  return `${text(value)} [${text(low)}, ${text(high)}]`;
}
