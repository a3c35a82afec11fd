import type { Bar } from '../block.js';
import type { Columns } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** The extremes of a window. */
export interface Extremes {
  readonly highest: number;
  readonly lowest: number;
}

/**
 * Highest high and lowest low of the newest `length` candles; `NaN` until there are as many. Constant time a candle, whatever
 * the length: stretches as in `RollingSum`, with extremes in the place of sums (van Herk 1992, Gil and Werman 1993).
 */
export class RollingExtremes {
  readonly lookback: number;
  readonly #highs: number[];
  readonly #lows: number[];
  #filled = 0;
  #newerHighest: number = Number.NaN;
  #newerLowest: number = Number.NaN;

  constructor(length: number) {
    this.lookback = integerParameter('length', length) - 1;
    this.#highs = new Array<number>(length).fill(Number.NaN);
    this.#lows = new Array<number>(length).fill(Number.NaN);
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
      newerHighest = filled === 0 ? high[i] : greater(newerHighest, high[i]);
      newerLowest = filled === 0 ? low[i] : lesser(newerLowest, low[i]);
      if (filled < last) {
        filled++;
        highest[i] = greater(newerHighest, highs[filled]);
        lowest[i] = lesser(newerLowest, lows[filled]);
      } else {
        filled = 0;
        highest[i] = newerHighest;
        lowest[i] = newerLowest;
        spreadLeftwards(highs, lows);
      }
    }
    this.#filled = filled;
    this.#newerHighest = newerHighest;
    this.#newerLowest = newerLowest;
  }
}

/** Turns each high and low into the extreme from it to the end. */
function spreadLeftwards(highs: number[], lows: number[]): void {
  let highest = highs[highs.length - 1];
  let lowest = lows[lows.length - 1];
  for (let i = highs.length - 2; i >= 0; i--) {
    highest = greater(highs[i], highest);
    lowest = lesser(lows[i], lowest);
    highs[i] = highest;
    lows[i] = lowest;
  }
}

// Which of two prices is the higher no processor can foresee, and a wrong guess costs more than arithmetic. Multiplying by
// 1 and by 0 picks a finite number exactly, and keeps a NaN.
function greater(a: number, b: number): number {
  const first = Number(a > b);
  return a * first + b * (1 - first);
}

function lesser(a: number, b: number): number {
  const first = Number(a < b);
  return a * first + b * (1 - first);
}
