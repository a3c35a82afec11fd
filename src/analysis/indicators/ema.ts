import { fold } from '../block.js';
import { ExponentialAverage } from '../rolling/exponential-average.js';

/**
 * Exponential moving average: the mean of the first `length` values, then a step of `2 / (length + 1)` towards each new one.
 *
 * Leading `NaN` values are passed over, so that it can follow another indicator.
 */
export class Ema extends ExponentialAverage {
  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    super(length, 2 / (length + 1));
  }
}

/** {@link Ema} folded over a column: as long as its input, `NaN` for the first `length - 1` entries. */
export function ema(values: Float64Array, length = 20): Float64Array {
  return fold(new Ema(length), values.length, values, new Float64Array(values.length));
}
