import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** The value of `length` steps ago; `NaN` for the first `length` steps. */
export class Delay implements Indicator {
  readonly lookback: number;
  readonly #ring: number[];
  #oldest = 0;

  constructor(length: number) {
    this.lookback = integerParameter('length', length);
    this.#ring = new Array<number>(length).fill(Number.NaN);
  }

  next(value: number): number {
    const ring = this.#ring;
    const oldest = this.#oldest;
    const delayed = ring[oldest];
    ring[oldest] = value;
    this.#oldest = oldest + 1 === ring.length ? 0 : oldest + 1;
    return delayed;
  }
}
