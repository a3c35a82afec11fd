import { fold } from '../block.js';
import { ExponentialAverage } from '../rolling/exponential-average.js';

/**
 * Wilder's average: the mean of the first `length` values, then a step of `1 / length` towards each new one.
 *
 * Leading `NaN` values are passed over, so that it can follow another indicator.
 * Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978).
 */
export class Wilder extends ExponentialAverage {
  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    super(length, 1 / length);
  }
}

/** {@link Wilder} folded over a column: as long as its input, `NaN` for the first `length - 1` entries. */
export function wilder(values: Float64Array, length = 14): Float64Array {
  return fold(new Wilder(length), values.length, values, new Float64Array(values.length));
}
