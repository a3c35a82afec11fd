import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';
import { RollingMoments } from '../rolling/rolling-moments.js';

/**
 * Sample standard deviation of the newest `length` one-step changes, in units of the values. Of logarithms of price it is the
 * realised volatility per candle.
 */
export class ChangeDeviation implements Indicator {
  readonly lookback: number;
  readonly #freedom: number;
  readonly #moments: RollingMoments;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 2. */
  constructor(length = 50) {
    this.#freedom = integerParameter('length', length, 2) - 1;
    this.#moments = new RollingMoments(length);
    this.lookback = length;
  }

  next(value: number): number {
    const { squares } = this.#moments.next(value - this.#previous);
    this.#previous = value;
    return Math.sqrt(squares / this.#freedom);
  }
}

/** {@link ChangeDeviation} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function changeDeviation(values: Float64Array, length = 50): Float64Array {
  const kernel = new ChangeDeviation(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]);
  return out;
}
