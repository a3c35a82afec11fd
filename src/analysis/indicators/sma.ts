import { fold } from '../block.js';
import { ColumnIndicator } from '../column-indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/** Simple moving average: the mean of the newest `length` values. */
export class Sma extends ColumnIndicator {
  readonly lookback: number;
  readonly #length: number;
  readonly #sum: RollingSum;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    super();
    this.#sum = new RollingSum(length);
    this.#length = length;
    this.lookback = length - 1;
  }

  advance(values: Float64Array, out: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) out[i] = this.next(values[i]);
  }

  override next(value: number): number {
    return this.#sum.next(value) / this.#length;
  }
}

/** {@link Sma} folded over a column: as long as its input, `NaN` for the first `length - 1` entries. */
export function sma(values: Float64Array, length = 20): Float64Array {
  return fold(new Sma(length), values.length, values, new Float64Array(values.length));
}
