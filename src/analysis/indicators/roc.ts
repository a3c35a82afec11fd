import type { Indicator } from '../indicator.js';
import { Delay } from '../rolling/delay.js';

/** Rate of change: the move from the value of `length` steps ago, as a fraction of it; 0 where that value was 0. */
export class Roc implements Indicator {
  readonly lookback: number;
  readonly #delay: Delay;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 10) {
    this.#delay = new Delay(length);
    this.lookback = length;
  }

  next(value: number): number {
    const before = this.#delay.next(value);
    return before === 0 ? 0 : (value - before) / before;
  }
}

/** {@link Roc} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function roc(values: Float64Array, length = 10): Float64Array {
  const kernel = new Roc(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]);
  return out;
}
