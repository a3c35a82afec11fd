import type { Indicator } from '../indicator.js';
import { Delay } from '../rolling/delay.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/**
 * Kaufman's efficiency ratio with the sign of the move: net move over the path that led there, -1 to +1; 0 where nothing
 * moved.
 *
 * Source: P. J. Kaufman, Smarter Trading (1995), where it is unsigned.
 */
export class EfficiencyRatio implements Indicator {
  readonly lookback: number;
  readonly #start: Delay;
  readonly #path: RollingSum;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 20) {
    this.#start = new Delay(length);
    this.#path = new RollingSum(length);
    this.lookback = length;
  }

  next(value: number): number {
    const path = this.#path.next(Math.abs(value - this.#previous));
    const move = value - this.#start.next(value);
    this.#previous = value;
    // The path is a sum of rounded steps and may fall short of the move by their rounding.
    return path === 0 ? 0 : Math.max(-1, Math.min(1, move / path));
  }
}

/** {@link EfficiencyRatio} folded over a column: as long as its input, `NaN` for the first `length` entries. */
export function efficiencyRatio(values: Float64Array, length = 20): Float64Array {
  const kernel = new EfficiencyRatio(length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = kernel.next(values[i]);
  return out;
}
