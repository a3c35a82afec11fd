import { quote, ScannerError } from '../../errors.js';

/** Whether trading is getting busier. */
export type VolumeTrend = 'rising' | 'falling' | 'steady';

/** What {@link volumeTrend} compares. */
export interface VolumeTrendOptions {
  /** Candles in the recent and in the older window, a whole number from 1. @defaultValue 20 */
  readonly length?: number | undefined;
  /**
   * How far one mean must exceed the other, as a fraction of the smaller, for volume to be rising or falling.
   * @defaultValue 0.25
   */
  readonly threshold?: number | undefined;
}

/**
 * The mean volume of the newest `length` candles against that of the `length` before them.
 *
 * `undefined` when there are fewer than `2 * length` candles, and when neither window saw a trade.
 *
 * @throws ScannerError `config` when `length` is not a whole number from 1, or `threshold` is negative or not finite.
 */
export function volumeTrend(
  volume: Float64Array,
  { length = 20, threshold = 0.25 }: VolumeTrendOptions = {},
): VolumeTrend | undefined {
  if (!(Number.isInteger(length) && length >= 1)) {
    throw new ScannerError('config', `length must be an integer >= 1, was ${quote(length)}`);
  }
  if (!(threshold >= 0 && threshold < Number.POSITIVE_INFINITY)) {
    throw new ScannerError(
      'config',
      `threshold must be finite and not negative, was ${quote(threshold)}`,
    );
  }
  if (volume.length < 2 * length) return undefined;
  const { length: end } = volume;
  const older = sum(volume, end - 2 * length, end - length);
  const recent = sum(volume, end - length, end);
  if (older === 0 && recent === 0) return undefined;
  if (recent > older * (1 + threshold)) return 'rising';
  if (older > recent * (1 + threshold)) return 'falling';
  return 'steady';
}

function sum(values: Float64Array, from: number, end: number): number {
  let total = 0;
  for (let i = from; i < end; i++) total += values[i];
  return total;
}
