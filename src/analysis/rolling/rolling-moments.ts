import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** Mean of a window, and the sum of the squared distances from it. */
export interface Moments {
  readonly mean: number;
  /** Divide by `length` for the population variance, by `length - 1` for the sample variance. */
  readonly squares: number;
}

/**
 * Mean and spread of the newest `length` values; `NaN` until there are as many.
 *
 * Sums run over blocks, as in `RollingSum`, of distances from an anchor: the last value of the older block, which is always
 * one of the window's own. A square of the mean's distance from any member is at most `length` variances, so the difference
 * of sums below loses at most a factor of `length` in precision, at any price level; and the spread of a flat window is
 * exactly 0.
 */
export class RollingMoments implements Indicator<number, Moments>, Moments {
  readonly lookback: number;
  mean: number = Number.NaN;
  squares: number = Number.NaN;
  readonly #length: number;
  // Left of `#filled` the values of the newer block; from it on, sums of distances of the older block to its end.
  readonly #block: number[];
  readonly #olderSquares: number[];
  #filled = 0;
  #anchor = 0;
  #newer = 0;
  #newerSquares = 0;

  constructor(length: number) {
    this.#length = integerParameter('length', length);
    this.lookback = length - 1;
    this.#block = new Array<number>(length).fill(Number.NaN);
    this.#olderSquares = new Array<number>(length).fill(Number.NaN);
  }

  next(value: number): Moments {
    const block = this.#block;
    const olderSquares = this.#olderSquares;
    const filled = this.#filled;
    let sum = 0;
    let squares = 0;
    if (filled < this.lookback) {
      const distance = value - this.#anchor;
      block[filled] = value;
      this.#filled = filled + 1;
      this.#newer += distance;
      this.#newerSquares += distance * distance;
      sum = this.#newer + block[filled + 1];
      squares = this.#newerSquares + olderSquares[filled + 1];
    } else {
      block[filled] = 0;
      olderSquares[filled] = 0;
      for (let i = filled - 1; i >= 0; i--) {
        const distance = block[i] - value;
        sum += distance;
        squares += distance * distance;
        block[i] = sum;
        olderSquares[i] = squares;
      }
      this.#anchor = value;
      this.#filled = 0;
      this.#newer = 0;
      this.#newerSquares = 0;
    }
    const meanDistance = sum / this.#length;
    this.mean = this.#anchor + meanDistance;
    this.squares = Math.max(0, squares - sum * meanDistance);
    return this;
  }
}
