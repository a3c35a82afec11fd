const DAY_MS = 86_400_000;

/**
 * Equity over time: one value at each end of a UTC day, one where all ends, and the deepest fall seen at any candle between.
 * The moment all begins at ends no day.
 */
export class EquityCurve {
  readonly #days: number[] = [];
  readonly #equity: number[] = [];
  #peak: number;
  #maxDrawdown = 0;
  #exposure = 0;
  #marks = 0;
  #newest = 0;

  /** @param equity - What there is before the first candle: the first peak. */
  constructor(equity: number) {
    this.#peak = equity;
  }

  /**
   * @param time - Close of the candle, epoch milliseconds.
   * @param equity - Marked to the close.
   * @param worst - How much lower it was at the worst price of every open position; at most 0.
   * @param exposure - Notional of open positions over equity.
   */
  mark(time: number, equity: number, worst: number, exposure: number): void {
    this.#maxDrawdown = Math.max(this.#maxDrawdown, 1 - (equity + worst) / this.#peak);
    this.#peak = Math.max(this.#peak, equity);
    this.#exposure += exposure;
    this.#marks++;
    this.#newest = time;
    if (time % DAY_MS !== 0 || this.#marks === 1) return;
    this.#days.push(time);
    this.#equity.push(equity);
  }

  /** The last word: what is left when every position is closed. */
  end(equity: number): void {
    this.#maxDrawdown = Math.max(this.#maxDrawdown, 1 - equity / this.#peak);
    if (this.#days[this.#days.length - 1] === this.#newest)
      this.#equity[this.#equity.length - 1] = equity;
    else {
      this.#days.push(this.#newest);
      this.#equity.push(equity);
    }
  }

  get days(): Float64Array {
    return Float64Array.from(this.#days);
  }

  get equity(): Float64Array {
    return Float64Array.from(this.#equity);
  }

  get maxDrawdown(): number {
    return this.#maxDrawdown;
  }

  get meanExposure(): number {
    return this.#marks === 0 ? 0 : this.#exposure / this.#marks;
  }
}
