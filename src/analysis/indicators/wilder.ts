import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * Wilder's average: the mean of the first `length` values, then a step of `1 / length` towards each new one.
 *
 * Leading `NaN` values are passed over, so that it can follow another indicator.
 * Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978).
 */
export class Wilder implements Indicator {
  readonly lookback: number;
  readonly #length: number;
  #seeded = 0;
  #sum = 0;
  #average: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#length = integerParameter('length', length);
    this.lookback = length - 1;
  }

  next(value: number): number {
    if (this.#seeded < this.#length) return this.#seed(value);
    this.#average += (value - this.#average) / this.#length;
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

/** {@link Wilder} folded over a column: as long as its input, `NaN` for the first `length - 1` entries. */
export function wilder(values: Float64Array, length = 14): Float64Array {
  const kernel = new Wilder(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]);
  return out;
}
