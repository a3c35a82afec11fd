import { fold } from '../block.js';
import { ColumnIndicator } from '../column-indicator.js';
import { integerParameter } from '../integer-parameter.js';
import { RollingMoments } from '../rolling/rolling-moments.js';

/**
 * Sample standard deviation of the newest `length` one-step changes, in units of the values. Of logarithms of price it is the
 * realised volatility per candle.
 */
export class ChangeDeviation extends ColumnIndicator {
  readonly lookback: number;
  readonly #freedom: number;
  readonly #moments: RollingMoments;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 2. */
  constructor(length = 50) {
    super();
    this.#freedom = integerParameter('length', length, 2) - 1;
    this.#moments = new RollingMoments(length);
    this.lookback = length;
  }

  advance(values: Float64Array, out: Float64Array, count: number): void {
    const moments = this.#moments;
    const freedom = this.#freedom;
    let previous = this.#previous;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      moments.next(value - previous);
      previous = value;
      out[i] = Math.sqrt(moments.squares / freedom);
    }
    this.#previous = previous;
  }
}

/** {@link ChangeDeviation} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function changeDeviation(values: Float64Array, length = 50): Float64Array {
  return fold(new ChangeDeviation(length), values.length, values, new Float64Array(values.length));
}
