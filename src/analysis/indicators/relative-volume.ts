import type { Indicator } from '../indicator.js';
import { Sma } from './sma.js';

/**
 * Newest volume over the mean of the `length` before it: 1 is an ordinary candle. `NaN` where nothing traded before, for then
 * there is nothing to compare with.
 */
export class RelativeVolume implements Indicator {
  readonly lookback: number;
  readonly #average: Sma;
  #before: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    this.#average = new Sma(length);
    this.lookback = length;
  }

  next(volume: number): number {
    const usual = this.#before;
    this.#before = this.#average.next(volume);
    return usual === 0 ? Number.NaN : volume / usual;
  }
}

/** {@link RelativeVolume} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function relativeVolume(volume: Float64Array, length = 20): Float64Array {
  const kernel = new RelativeVolume(length);
  const out = new Float64Array(volume.length);
  for (let i = 0; i < volume.length; i++) out[i] = kernel.next(volume[i]);
  return out;
}
