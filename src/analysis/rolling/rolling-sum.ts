import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * Sum of the newest `length` values; `NaN` until there are as many, and while one of them is `NaN`.
 *
 * It only ever adds. Time is cut into stretches of `length` values: a window is the end of the older stretch, whose sums were
 * laid down from right to left when it was complete, and the beginning of the newer one. Nothing is subtracted, so nothing
 * cancels: a burst that has left the window leaves no trace, a window of zeros sums to zero, and rounding does not pile up
 * however long the stream. The cost is two additions a value, whatever the length.
 */
export class RollingSum implements Indicator {
  readonly lookback: number;
  // Left of `#filled` the values of the newer stretch; from it on, sums of the older one to its end.
  readonly #stretch: number[];
  #filled = 0;
  #newer = 0;

  constructor(length: number) {
    this.lookback = integerParameter('length', length) - 1;
    this.#stretch = new Array<number>(length).fill(Number.NaN);
  }

  next(value: number): number {
    const stretch = this.#stretch;
    const filled = this.#filled;
    stretch[filled] = value;
    if (filled < this.lookback) {
      const newer = this.#newer + value;
      this.#newer = newer;
      this.#filled = filled + 1;
      return newer + stretch[filled + 1];
    }
    this.#newer = 0;
    this.#filled = 0;
    return sumLeftwards(stretch);
  }
}

/** Turns each value into the sum from it to the end, and returns the sum of all. */
function sumLeftwards(stretch: number[]): number {
  let sum = stretch[stretch.length - 1];
  for (let i = stretch.length - 2; i >= 0; i--) {
    sum += stretch[i];
    stretch[i] = sum;
  }
  return sum;
}
