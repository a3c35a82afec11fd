import { quote, ScannerError } from '../../errors.js';
import { fold, oneValue } from '../block.js';
import type { Columns, Indicator } from '../indicator.js';
import { RollingMoments } from '../rolling/rolling-moments.js';

/** The lines of {@link BollingerBands}, in units of price. */
export interface BollingerLines {
  readonly upper: number;
  /** Mean of the window. */
  readonly middle: number;
  readonly lower: number;
}

const STEP: Columns<BollingerLines> = {
  upper: new Float64Array(1),
  middle: new Float64Array(1),
  lower: new Float64Array(1),
};

/**
 * Bollinger bands: the mean of the newest `length` closes, and `deviations` population standard deviations above and below
 * it. The bands of a flat window lie on its price, and keep their width at any price level.
 */
export class BollingerBands implements Indicator<number, BollingerLines>, BollingerLines {
  readonly lookback: number;
  upper: number = Number.NaN;
  middle: number = Number.NaN;
  lower: number = Number.NaN;
  // What makes the width of the bands out of the root of the summed squares.
  readonly #scale: number;
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
    this.#scale = deviations / Math.sqrt(length);
    this.lookback = length - 1;
  }

  next(close: number): BollingerLines {
    this.advance(oneValue(close), STEP, 1);
    this.upper = STEP.upper[0];
    this.middle = STEP.middle[0];
    this.lower = STEP.lower[0];
    return this;
  }

  /** As `ColumnIndicator.advance`, to the three lines. */
  advance(close: Float64Array, lines: Columns<BollingerLines>, count: number): void {
    const { upper, middle, lower } = lines;
    const moments = this.#moments;
    const scale = this.#scale;
    for (let i = 0; i < count; i++) {
      moments.next(close[i]);
      const { mean, squares } = moments;
      const distance = scale * Math.sqrt(squares);
      upper[i] = mean + distance;
      middle[i] = mean;
      lower[i] = mean - distance;
    }
  }
}

/** {@link BollingerBands} folded over a column: each line as long as its input, `NaN` for the first `length - 1` entries. */
export function bollingerBands(
  close: Float64Array,
  length = 20,
  deviations = 2,
): Columns<BollingerLines> {
  return fold(new BollingerBands(length, deviations), close.length, close, {
    upper: new Float64Array(close.length),
    middle: new Float64Array(close.length),
    lower: new Float64Array(close.length),
  });
}
