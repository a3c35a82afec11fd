import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * Exponential moving average: the mean of the first `length` values, then a step of `2 / (length + 1)` towards each new one.
 *
 * Leading `NaN` values are passed over, so that it can follow another indicator.
 */
export class Ema implements Indicator {
  readonly lookback: number;
  readonly #length: number;
  readonly #step: number;
  #seeded = 0;
  #sum = 0;
  #average: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    this.#length = integerParameter('length', length);
    this.#step = 2 / (length + 1);
    this.lookback = length - 1;
  }

  next(value: number): number {
    if (this.#seeded < this.#length) return this.#seed(value);
    this.#average += (value - this.#average) * this.#step;
    return this.#average;
  }

  #seed(value: number): number {
    if (Number.isNaN(value)) return Number.NaN;
    this.#sum += value;
    this.#seeded++;
    if (this.#seeded === this.#length) this.#average = this.#sum / this.#length;
    return this.#average;
  }
}

/** {@link Ema} folded over a column: as long as its input, `NaN` for the first `length - 1` entries. */
export function ema(values: Float64Array, length = 20): Float64Array {
  const kernel = new Ema(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]);
  return out;
}
