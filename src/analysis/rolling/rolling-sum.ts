import { ColumnIndicator } from '../column-indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * Sum of the newest `length` values; `NaN` until there are as many, and while one of them is `NaN`.
 *
 * It only ever adds. Time is cut into stretches of `length` values: a window is the end of the older stretch, whose sums were
 * laid down from right to left when it was complete, and the beginning of the newer one. Nothing is subtracted, so nothing
 * cancels: a burst that has left the window leaves no trace, a window of zeros sums to zero, and rounding does not pile up
 * however long the stream. The cost is two additions a value, whatever the length.
 */
export class RollingSum extends ColumnIndicator {
  readonly lookback: number;
  // Left of `#filled` the values of the newer stretch; from it on, sums of the older one to its end.
  readonly #stretch: number[];
  #filled = 0;
  #newer = 0;

  constructor(length: number) {
    super();
    this.lookback = integerParameter('length', length) - 1;
    this.#stretch = new Array<number>(length).fill(Number.NaN);
  }

  advance(values: Float64Array, out: Float64Array, count: number): void {
    const stretch = this.#stretch;
    const last = this.lookback;
    let filled = this.#filled;
    let newer = this.#newer;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      stretch[filled] = value;
      if (filled < last) {
        newer += value;
        filled++;
        out[i] = newer + stretch[filled];
      } else {
        out[i] = sumLeftwards(stretch);
        newer = 0;
        filled = 0;
      }
    }
    this.#filled = filled;
    this.#newer = newer;
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
