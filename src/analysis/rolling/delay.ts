import { ColumnIndicator } from '../column-indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** The value of `length` steps ago; `NaN` for the first `length` steps. */
export class Delay extends ColumnIndicator {
  readonly lookback: number;
  readonly #ring: number[];
  #oldest = 0;

  constructor(length: number) {
    super();
    this.lookback = integerParameter('length', length);
    this.#ring = new Array<number>(length).fill(Number.NaN);
  }

  advance(values: Float64Array, out: Float64Array, count: number): void {
    const ring = this.#ring;
    let oldest = this.#oldest;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      out[i] = ring[oldest];
      ring[oldest] = value;
      oldest = oldest + 1 === ring.length ? 0 : oldest + 1;
    }
    this.#oldest = oldest;
  }
}
