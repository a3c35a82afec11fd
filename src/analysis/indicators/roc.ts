import { fold } from '../block.js';
import { ColumnIndicator } from '../column-indicator.js';
import { Delay } from '../rolling/delay.js';

/** Rate of change: the move from the value of `length` steps ago, as a fraction of it; 0 where that value was 0. */
export class Roc extends ColumnIndicator {
  readonly lookback: number;
  readonly #delay: Delay;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 10) {
    super();
    this.#delay = new Delay(length);
    this.lookback = length;
  }

  advance(values: Float64Array, out: Float64Array, count: number): void {
    const delay = this.#delay;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      const before = delay.next(value);
      out[i] = before === 0 ? 0 : (value - before) / before;
    }
  }
}

/** {@link Roc} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function roc(values: Float64Array, length = 10): Float64Array {
  return fold(new Roc(length), values.length, values, new Float64Array(values.length));
}
