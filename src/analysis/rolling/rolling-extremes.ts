import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * Highest of the newest `length` values; `NaN` until there are as many. Constant time a value, whatever the length: blocks
 * as in `RollingSum`, with maxima in the place of sums (van Herk 1992, Gil and Werman 1993).
 */
export class RollingMax implements Indicator {
  readonly lookback: number;
  readonly #block: Float64Array;
  #filled = 0;
  #newer = Number.NEGATIVE_INFINITY;

  constructor(length: number) {
    this.lookback = integerParameter('length', length) - 1;
    this.#block = new Float64Array(length).fill(Number.NaN);
  }

  next(value: number): number {
    const block = this.#block;
    const filled = this.#filled;
    if (filled === this.lookback) return this.#closeBlock(value);
    block[filled] = value;
    this.#filled = filled + 1;
    this.#newer = Math.max(this.#newer, value);
    return Math.max(this.#newer, block[filled + 1]);
  }

  #closeBlock(value: number): number {
    const block = this.#block;
    let highest = value;
    block[this.lookback] = value;
    for (let i = this.lookback - 1; i >= 0; i--) {
      highest = Math.max(highest, block[i]);
      block[i] = highest;
    }
    this.#filled = 0;
    this.#newer = Number.NEGATIVE_INFINITY;
    return highest;
  }
}

/** Lowest of the newest `length` values; `NaN` until there are as many. */
export class RollingMin implements Indicator {
  readonly lookback: number;
  readonly #negated: RollingMax;

  constructor(length: number) {
    this.#negated = new RollingMax(length);
    this.lookback = this.#negated.lookback;
  }

  next(value: number): number {
    return -this.#negated.next(-value);
  }
}
