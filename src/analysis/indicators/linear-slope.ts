import { fold, oneValue } from '../block.js';
import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** The lines of {@link LinearSlope}. */
export interface LinearSlopeLines {
  /** Rise of the line per step, in units of the values. */
  readonly slope: number;
  /** The slope over its standard error: how far it stands out from the scatter around the line. */
  readonly t: number;
}

/** Scatter below this share of the values' own spread is their rounding, not a market's. */
const LEAST_SCATTER = 1e-12;

const STEP = new Float64Array(1);

/**
 * Slope of the least-squares line through the newest `length` values, and its t-statistic.
 *
 * Both lines are 0 in a flat window. The statistic stays finite on a perfect line: scatter counts as at least
 * 1e-12 of the values' variance. It is 0 with a `length` of 2, where no point is left to scatter.
 */
export class LinearSlope implements Indicator<number, LinearSlopeLines>, LinearSlopeLines {
  readonly lookback: number;
  slope: number = Number.NaN;
  readonly #length: number;
  readonly #spread: number;
  // Stretches as in RollingSum, of distances from an anchor as in RollingMoments.
  readonly #stretch: number[];
  readonly #olderMoments: number[];
  readonly #olderSquares: number[];
  #filled = 0;
  #anchor = 0;
  #newer = 0;
  #newerMoment = 0;
  #newerSquares = 0;

  /** @throws ScannerError `config` when `length` is not an integer >= 2. */
  constructor(length = 50) {
    this.#length = integerParameter('length', length, 2);
    this.#spread = (length * (length * length - 1)) / 12;
    this.#stretch = new Array<number>(length).fill(Number.NaN);
    this.#olderMoments = new Array<number>(length).fill(Number.NaN);
    this.#olderSquares = new Array<number>(length).fill(Number.NaN);
    this.lookback = length - 1;
  }

  get t(): number {
    const sum = this.#newer + this.#stretch[this.#filled];
    const distances = this.#newerSquares + this.#olderSquares[this.#filled];
    const squares = distances - (sum * sum) / this.#length;
    if (squares <= 0) return 0;
    const scatter = squares - this.slope * this.slope * this.#spread;
    const variance = Math.max(scatter, squares * LEAST_SCATTER) / (this.#length - 2);
    return this.slope / Math.sqrt(variance / this.#spread);
  }

  next(value: number): LinearSlopeLines {
    this.advance(oneValue(value), STEP, 1);
    return this;
  }

  /** As `ColumnIndicator.advance`, to slopes; the t-statistic is kept for the last step. */
  advance(values: Float64Array, slopes: Float64Array, count: number): void {
    const last = this.lookback;
    const stretch = this.#stretch;
    let filled = this.#filled;
    let anchor = this.#anchor;
    let newer = this.#newer;
    let newerMoment = this.#newerMoment;
    let newerSquares = this.#newerSquares;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      stretch[filled] = value;
      if (filled < last) {
        const distance = value - anchor;
        newer += distance;
        newerMoment += filled * distance;
        newerSquares += distance * distance;
        filled++;
      } else {
        this.#sumLeftwards();
        anchor = value;
        newer = 0;
        newerMoment = 0;
        newerSquares = 0;
        filled = 0;
      }
      const sum = newer + stretch[filled];
      const moment = newerMoment + (last + 1 - filled) * newer + this.#olderMoments[filled];
      slopes[i] = (moment - (last / 2) * sum) / this.#spread;
    }
    this.#filled = filled;
    this.#anchor = anchor;
    this.#newer = newer;
    this.#newerMoment = newerMoment;
    this.#newerSquares = newerSquares;
    this.slope = slopes[count - 1];
  }

  /** Turns each value of a full stretch into the sum of distances from it to the end, and lays down moments and squares. */
  #sumLeftwards(): void {
    const stretch = this.#stretch;
    const anchor = stretch[this.lookback];
    let sum = 0;
    let moment = 0;
    let squares = 0;
    for (let i = this.lookback; i >= 0; i--) {
      const distance = stretch[i] - anchor;
      moment += sum;
      sum += distance;
      squares += distance * distance;
      stretch[i] = sum;
      this.#olderMoments[i] = moment;
      this.#olderSquares[i] = squares;
    }
  }
}

/** Slope of {@link LinearSlope} folded over a column: as long as its input, `NaN` for the first `length - 1` entries. */
export function linearSlope(values: Float64Array, length = 50): Float64Array {
  return fold(new LinearSlope(length), values.length, values, new Float64Array(values.length));
}

/** The t-statistic of {@link linearSlope}: as long as its input, `NaN` for the first `length - 1` entries. */
export function linearSlopeT(values: Float64Array, length = 50): Float64Array {
  const kernel = new LinearSlope(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]).t;
  return out;
}
