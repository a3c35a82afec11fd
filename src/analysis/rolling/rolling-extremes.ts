import type { Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** The extremes of a window. */
export interface Extremes {
  readonly highest: number;
  readonly lowest: number;
}

/** What {@link RollingExtremes} reads at each step. */
interface Span {
  readonly high: number;
  readonly low: number;
}

/**
 * Highest high and lowest low of the newest `length` candles; `NaN` until there are as many. Constant time a candle, whatever
 * the length: blocks as in `RollingSum`, with extremes in the place of sums (van Herk 1992, Gil and Werman 1993).
 */
export class RollingExtremes implements Indicator<Span, Extremes>, Extremes {
  readonly lookback: number;
  highest: number = Number.NaN;
  lowest: number = Number.NaN;
  readonly #highs: number[];
  readonly #lows: number[];
  #filled = 0;
  #newerHighest: number = Number.NEGATIVE_INFINITY;
  #newerLowest: number = Number.POSITIVE_INFINITY;

  constructor(length: number) {
    this.lookback = integerParameter('length', length) - 1;
    this.#highs = new Array<number>(length).fill(Number.NaN);
    this.#lows = new Array<number>(length).fill(Number.NaN);
  }

  next(span: Span): Extremes {
    const { high, low } = span;
    const highs = this.#highs;
    const lows = this.#lows;
    const filled = this.#filled;
    highs[filled] = high;
    lows[filled] = low;
    if (filled < this.lookback) {
      this.#newerHighest = Math.max(this.#newerHighest, high);
      this.#newerLowest = Math.min(this.#newerLowest, low);
      this.#filled = filled + 1;
      this.highest = Math.max(this.#newerHighest, highs[filled + 1]);
      this.lowest = Math.min(this.#newerLowest, lows[filled + 1]);
      return this;
    }
    this.#newerHighest = Number.NEGATIVE_INFINITY;
    this.#newerLowest = Number.POSITIVE_INFINITY;
    this.#filled = 0;
    let highest = high;
    let lowest = low;
    for (let i = filled - 1; i >= 0; i--) {
      highest = Math.max(highest, highs[i]);
      lowest = Math.min(lowest, lows[i]);
      highs[i] = highest;
      lows[i] = lowest;
    }
    this.highest = highest;
    this.lowest = lowest;
    return this;
  }
}
