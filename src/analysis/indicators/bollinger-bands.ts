import { quote, ScannerError } from '../../errors.js';
import type { Columns, Indicator } from '../indicator.js';
import { RollingMoments } from '../rolling/rolling-moments.js';

/** The lines of {@link BollingerBands}, in units of price. */
export interface BollingerLines {
  readonly upper: number;
  /** Mean of the window. */
  readonly middle: number;
  readonly lower: number;
}

/**
 * Bollinger bands: the mean of the newest `length` closes, and `deviations` population standard deviations above and below
 * it. The bands of a flat window lie on its price, and keep their width at any price level.
 */
export class BollingerBands implements Indicator<number, BollingerLines>, BollingerLines {
  readonly lookback: number;
  upper: number = Number.NaN;
  middle: number = Number.NaN;
  lower: number = Number.NaN;
  readonly #length: number;
  readonly #deviations: number;
  readonly #moments: RollingMoments;

  /** @throws ScannerError `config` when `length` is not an integer >= 1, or `deviations` is not a number above 0. */
  constructor(length = 20, deviations = 2) {
    this.#moments = new RollingMoments(length);
    if (!(deviations > 0 && deviations < Number.POSITIVE_INFINITY)) {
      throw new ScannerError(
        'config',
        `deviations must be a finite number above 0, was ${quote(deviations)}`,
      );
    }
    this.#length = length;
    this.#deviations = deviations;
    this.lookback = length - 1;
  }

  next(close: number): BollingerLines {
    const { mean, squares } = this.#moments.next(close);
    const distance = this.#deviations * Math.sqrt(squares / this.#length);
    this.upper = mean + distance;
    this.middle = mean;
    this.lower = mean - distance;
    return this;
  }
}

/** {@link BollingerBands} folded over a column: each line as long as its input, `NaN` for the first `length - 1` entries. */
export function bollingerBands(
  close: Float64Array,
  length = 20,
  deviations = 2,
): Columns<BollingerLines> {
  const kernel = new BollingerBands(length, deviations);
  const upper = new Float64Array(close.length);
  const middle = new Float64Array(close.length);
  const lower = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    const lines = kernel.next(close[i]);
    upper[i] = lines.upper;
    middle[i] = lines.middle;
    lower[i] = lines.lower;
  }
  return { upper, middle, lower };
}
