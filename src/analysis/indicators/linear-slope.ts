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
  // Blocks as in RollingSum, of distances from an anchor as in RollingMoments.
  readonly #block: number[];
  readonly #olderMoments: number[];
  readonly #olderSquares: number[];
  #filled = 0;
  #anchor = 0;
  #newer = 0;
  #newerMoment = 0;
  #newerSquares = 0;
  #sum = 0;
  #squares = 0;

  /** @throws ScannerError `config` when `length` is not an integer >= 2. */
  constructor(length = 50) {
    this.#length = integerParameter('length', length, 2);
    this.#spread = (length * (length * length - 1)) / 12;
    this.#block = new Array<number>(length).fill(Number.NaN);
    this.#olderMoments = new Array<number>(length).fill(Number.NaN);
    this.#olderSquares = new Array<number>(length).fill(Number.NaN);
    this.lookback = length - 1;
  }

  get t(): number {
    const squares = this.#squares - (this.#sum * this.#sum) / this.#length;
    if (squares <= 0) return 0;
    const scatter = squares - this.slope * this.slope * this.#spread;
    const variance = Math.max(scatter, squares * LEAST_SCATTER) / (this.#length - 2);
    return this.slope / Math.sqrt(variance / this.#spread);
  }

  next(value: number): LinearSlopeLines {
    const filled = this.#filled;
    if (filled === this.lookback) return this.#closeBlock(value);
    const distance = value - this.#anchor;
    this.#block[filled] = value;
    this.#newer += distance;
    this.#newerMoment += filled * distance;
    this.#newerSquares += distance * distance;
    const begun = filled + 1;
    this.#filled = begun;
    return this.#settle(
      this.#newer + this.#block[begun],
      this.#newerMoment + (this.#length - begun) * this.#newer + this.#olderMoments[begun],
      this.#newerSquares + this.#olderSquares[begun],
    );
  }

  #closeBlock(value: number): LinearSlopeLines {
    const block = this.#block;
    let sum = 0;
    let moment = 0;
    let squares = 0;
    block[this.lookback] = 0;
    this.#olderMoments[this.lookback] = 0;
    this.#olderSquares[this.lookback] = 0;
    for (let i = this.lookback - 1; i >= 0; i--) {
      const distance = block[i] - value;
      moment += sum;
      sum += distance;
      squares += distance * distance;
      block[i] = sum;
      this.#olderMoments[i] = moment;
      this.#olderSquares[i] = squares;
    }
    this.#anchor = value;
    this.#filled = 0;
    this.#newer = 0;
    this.#newerMoment = 0;
    this.#newerSquares = 0;
    return this.#settle(sum, moment, squares);
  }

  #settle(sum: number, moment: number, squares: number): LinearSlopeLines {
    this.#sum = sum;
    this.#squares = squares;
    this.slope = (moment - (this.lookback / 2) * sum) / this.#spread;
    return this;
  }
}

/** Slope of {@link LinearSlope} folded over a column: as long as its input, `NaN` for the first `length - 1` entries. */
export function linearSlope(values: Float64Array, length = 50): Float64Array {
  const kernel = new LinearSlope(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]).slope;
  return out;
}

/** The t-statistic of {@link linearSlope}: as long as its input, `NaN` for the first `length - 1` entries. */
export function linearSlopeT(values: Float64Array, length = 50): Float64Array {
  const kernel = new LinearSlope(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]).t;
  return out;
}
