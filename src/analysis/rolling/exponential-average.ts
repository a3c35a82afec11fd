import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * The mean of the first `length` values, then a share `step` of the way towards each new one.
 *
 * Leading `NaN` values are passed over, so that it can follow another indicator.
 */
export class ExponentialAverage implements Indicator {
  readonly lookback: number;
  readonly #length: number;
  readonly #step: number;
  #seeded = 0;
  #average = 0;

  constructor(length: number, step: number) {
    this.#length = integerParameter('length', length);
    this.#step = step;
    this.lookback = length - 1;
  }

  next(value: number): number {
    if (this.#seeded < this.#length) return this.#seed(value);
    const average = this.#average + (value - this.#average) * this.#step;
    this.#average = average;
    return average;
  }

  #seed(value: number): number {
    if (Number.isNaN(value)) return value;
    this.#seeded++;
    this.#average += (value - this.#average) / this.#seeded;
    return this.#seeded === this.#length ? this.#average : Number.NaN;
  }
}
