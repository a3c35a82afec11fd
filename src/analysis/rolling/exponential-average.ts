import { ColumnIndicator } from '../column-indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * The mean of the first `length` values, then a share `step` of the way towards each new one.
 *
 * Leading `NaN` values are passed over, so that it can follow another indicator.
 */
export class ExponentialAverage extends ColumnIndicator {
  readonly lookback: number;
  readonly #length: number;
  readonly #step: number;
  #seeded = 0;
  #average = 0;

  constructor(length: number, step: number) {
    super();
    this.#length = integerParameter('length', length);
    this.#step = step;
    this.lookback = length - 1;
  }

  advance(values: Float64Array, out: Float64Array, count: number): void {
    const length = this.#length;
    const step = this.#step;
    let seeded = this.#seeded;
    let average = this.#average;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      if (seeded === length) {
        average += (value - average) * step;
        out[i] = average;
        continue;
      }
      out[i] = Number.NaN;
      if (Number.isNaN(value)) continue;
      seeded++;
      average += (value - average) / seeded;
      if (seeded === length) out[i] = average;
    }
    this.#seeded = seeded;
    this.#average = average;
  }
}
