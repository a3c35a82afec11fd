import { fold } from '../block.js';
import { ColumnIndicator } from '../column-indicator.js';
import { Delay } from '../rolling/delay.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/**
 * Kaufman's efficiency ratio with the sign of the move: net move over the path that led there, -1 to +1; 0 where nothing
 * moved.
 *
 * Source: P. J. Kaufman, Smarter Trading (1995), where it is unsigned.
 */
export class EfficiencyRatio extends ColumnIndicator {
  readonly lookback: number;
  readonly #start: Delay;
  readonly #path: RollingSum;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    super();
    this.#start = new Delay(length);
    this.#path = new RollingSum(length);
    this.lookback = length;
  }

  advance(values: Float64Array, out: Float64Array, count: number): void {
    const start = this.#start;
    const steps = this.#path;
    let previous = this.#previous;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      const path = steps.next(Math.abs(value - previous));
      previous = value;
      // The path is a sum of rounded steps and may fall short of the move by their rounding.
      const ratio = Math.max(-1, Math.min(1, (value - start.next(value)) / path));
      out[i] = path === 0 ? 0 : ratio;
    }
    this.#previous = previous;
  }
}

/** {@link EfficiencyRatio} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function efficiencyRatio(values: Float64Array, length = 20): Float64Array {
  return fold(new EfficiencyRatio(length), values.length, values, new Float64Array(values.length));
}
