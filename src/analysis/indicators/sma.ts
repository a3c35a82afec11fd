import type { Indicator } from '../indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/** Simple moving average: the mean of the newest `length` values. */
export class Sma implements Indicator {
  readonly lookback: number;
  readonly #length: number;
  readonly #sum: RollingSum;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    this.#sum = new RollingSum(length);
    this.#length = length;
    this.lookback = length - 1;
  }

  next(value: number): number {
    return this.#sum.next(value) / this.#length;
  }
}

/** {@link Sma} folded over a column: as long as its input, `NaN` for the first `length - 1` entries. */
export function sma(values: Float64Array, length = 20): Float64Array {
  const kernel = new Sma(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]);
  return out;
}
