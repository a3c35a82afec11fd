import { integerParameter } from '../integer-parameter.js';

/**
 * Mean and spread of the newest `length` values; `NaN` until there are as many.
 *
 * Sums run over stretches, as in `RollingSum`, of distances from an anchor: the last value of the older stretch, which is always
 * one of the window's own. A square of the mean's distance from any member is at most `length` variances, so the difference
 * of sums below loses at most a factor of `length` in precision, at any price level; and the spread of a flat window is
 * exactly 0.
 */
export class RollingMoments {
  readonly lookback: number;
  mean: number = Number.NaN;
  /** The sum of squared distances from the mean: over `length` the population variance, over `length - 1` the sample's. */
  squares: number = Number.NaN;
  readonly #length: number;
  // Left of `#filled` the values of the newer stretch; from it on, sums of distances of the older one to its end.
  readonly #stretch: number[];
  readonly #olderSquares: number[];
  #filled = 0;
  #anchor = 0;
  #newer = 0;
  #newerSquares = 0;

  constructor(length: number) {
    this.#length = integerParameter('length', length);
    this.lookback = length - 1;
    this.#stretch = new Array<number>(length).fill(Number.NaN);
    this.#olderSquares = new Array<number>(length).fill(Number.NaN);
  }

  next(value: number): void {
    const filled = this.#filled;
    this.#stretch[filled] = value;
    if (filled < this.lookback) {
      const distance = value - this.#anchor;
      this.#describe(filled + 1, this.#newer + distance, this.#newerSquares + distance * distance);
    } else {
      this.#anchor = value;
      this.#sumDistancesLeftwards();
      this.#describe(0, 0, 0);
    }
  }

  /** Joins the beginning of the newer stretch, summed in `newer`, with the rest of the older one. */
  #describe(filled: number, newer: number, newerSquares: number): void {
    this.#filled = filled;
    this.#newer = newer;
    this.#newerSquares = newerSquares;
    const sum = newer + this.#stretch[filled];
    const meanDistance = sum / this.#length;
    this.mean = this.#anchor + meanDistance;
    this.squares = Math.max(0, newerSquares + this.#olderSquares[filled] - sum * meanDistance);
  }

  /** Turns each value into the sum of distances from it to the end, and lays down the sums of their squares beside. */
  #sumDistancesLeftwards(): void {
    const stretch = this.#stretch;
    let sum = 0;
    let squares = 0;
    for (let i = this.lookback; i >= 0; i--) {
      const distance = stretch[i] - this.#anchor;
      sum += distance;
      squares += distance * distance;
      stretch[i] = sum;
      this.#olderSquares[i] = squares;
    }
  }
}
