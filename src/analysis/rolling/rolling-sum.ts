import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * Sum of the newest `length` values; `NaN` until there are as many, and while one of them is `NaN`.
 *
 * It only ever adds. Time is cut into blocks of `length` values: a window is the end of the older block, whose sums were
 * laid down from right to left when it was complete, and the beginning of the newer one. Nothing is subtracted, so nothing
 * cancels: a burst that has left the window leaves no trace, a window of zeros sums to zero, and rounding does not pile up
 * however long the stream. The cost is two additions a value, whatever the length.
 */
export class RollingSum implements Indicator {
  readonly lookback: number;
  // Left of `#filled` the values of the newer block; from it on, sums of the older block to its end.
  readonly #block: number[];
  #filled = 0;
  #newer = 0;

  constructor(length: number) {
    this.lookback = integerParameter('length', length) - 1;
    this.#block = new Array<number>(length).fill(Number.NaN);
  }

  next(value: number): number {
    const block = this.#block;
    const filled = this.#filled;
    block[filled] = value;
    if (filled < this.lookback) {
      this.#newer += value;
      this.#filled = filled + 1;
      return this.#newer + block[filled + 1];
    }
    this.#newer = 0;
    this.#filled = 0;
    let sum = value;
    for (let i = filled - 1; i >= 0; i--) {
      sum += block[i];
      block[i] = sum;
    }
    return sum;
  }
}
