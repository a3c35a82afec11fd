import { type Bar, oneBar } from '../block.js';
import type { Columns, Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** The extremes of a window. */
export interface Extremes {
  readonly highest: number;
  readonly lowest: number;
}

const STEP: Columns<Extremes> = { highest: new Float64Array(1), lowest: new Float64Array(1) };

/**
 * Highest high and lowest low of the newest `length` candles; `NaN` until there are as many. Constant time a candle, whatever
 * the length: stretches as in `RollingSum`, with extremes in the place of sums (van Herk 1992, Gil and Werman 1993).
 */
export class RollingExtremes implements Indicator<Pick<Bar, 'high' | 'low'>, Extremes>, Extremes {
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

  next(bar: Pick<Bar, 'high' | 'low'>): Extremes {
    this.advance(oneBar(bar), STEP, 1);
    this.highest = STEP.highest[0];
    this.lowest = STEP.lowest[0];
    return this;
  }

  /** As `ColumnIndicator.advance`. */
  advance(
    { high, low }: Columns<Pick<Bar, 'high' | 'low'>>,
    { highest, lowest }: Columns<Extremes>,
    count: number,
  ): void {
    const highs = this.#highs;
    const lows = this.#lows;
    const last = this.lookback;
    let filled = this.#filled;
    let newerHighest = this.#newerHighest;
    let newerLowest = this.#newerLowest;
    for (let i = 0; i < count; i++) {
      highs[filled] = high[i];
      lows[filled] = low[i];
      if (filled < last) {
        newerHighest = Math.max(newerHighest, high[i]);
        newerLowest = Math.min(newerLowest, low[i]);
        filled++;
      } else {
        spreadLeftwards(highs, lows);
        newerHighest = Number.NEGATIVE_INFINITY;
        newerLowest = Number.POSITIVE_INFINITY;
        filled = 0;
      }
      highest[i] = Math.max(newerHighest, highs[filled]);
      lowest[i] = Math.min(newerLowest, lows[filled]);
    }
    this.#filled = filled;
    this.#newerHighest = newerHighest;
    this.#newerLowest = newerLowest;
  }
}

/** Turns each high and low into the extreme from it to the end. */
function spreadLeftwards(highs: number[], lows: number[]): void {
  for (let i = highs.length - 2; i >= 0; i--) {
    highs[i] = Math.max(highs[i], highs[i + 1]);
    lows[i] = Math.min(lows[i], lows[i + 1]);
  }
}
