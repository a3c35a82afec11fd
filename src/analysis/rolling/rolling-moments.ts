import { oneValue } from '../block.js';
import type { Columns, Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** Mean of a window, and the sum of the squared distances from it. */
export interface Moments {
  readonly mean: number;
  /** Divide by `length` for the population variance, by `length - 1` for the sample variance. */
  readonly squares: number;
}

const STEP: Columns<Moments> = { mean: new Float64Array(1), squares: new Float64Array(1) };

/**
 * Mean and spread of the newest `length` values; `NaN` until there are as many.
 *
 * Sums run over stretches, as in `RollingSum`, of distances from an anchor: the last value of the older stretch, which is always
 * one of the window's own. A square of the mean's distance from any member is at most `length` variances, so the difference
 * of sums below loses at most a factor of `length` in precision, at any price level; and the spread of a flat window is
 * exactly 0.
 */
export class RollingMoments implements Indicator<number, Moments>, Moments {
  readonly lookback: number;
  mean: number = Number.NaN;
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

  next(value: number): Moments {
    this.advance(oneValue(value), STEP, 1);
    this.mean = STEP.mean[0];
    this.squares = STEP.squares[0];
    return this;
  }

  /** As `ColumnIndicator.advance`; `out.mean` may be the column of values. */
  advance(values: Float64Array, out: Columns<Moments>, count: number): void {
    const { mean, squares } = out;
    const length = this.#length;
    const last = this.lookback;
    const stretch = this.#stretch;
    const olderSquares = this.#olderSquares;
    let filled = this.#filled;
    let anchor = this.#anchor;
    let newer = this.#newer;
    let newerSquares = this.#newerSquares;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      stretch[filled] = value;
      if (filled < last) {
        const distance = value - anchor;
        newer += distance;
        newerSquares += distance * distance;
        filled++;
      } else {
        sumDistancesLeftwards(stretch, olderSquares);
        anchor = value;
        newer = 0;
        newerSquares = 0;
        filled = 0;
      }
      const sum = newer + stretch[filled];
      const meanDistance = sum / length;
      mean[i] = anchor + meanDistance;
      squares[i] = Math.max(0, newerSquares + olderSquares[filled] - sum * meanDistance);
    }
    this.#filled = filled;
    this.#anchor = anchor;
    this.#newer = newer;
    this.#newerSquares = newerSquares;
  }
}

/** Turns each value into the sum of distances from it to the end, and lays down the sums of their squares beside. */
function sumDistancesLeftwards(stretch: number[], squares: number[]): void {
  const last = stretch.length - 1;
  const anchor = stretch[last];
  let sum = 0;
  let square = 0;
  for (let i = last; i >= 0; i--) {
    const distance = stretch[i] - anchor;
    sum += distance;
    square += distance * distance;
    stretch[i] = sum;
    squares[i] = square;
  }
}
