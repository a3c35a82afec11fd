import { ScannerError } from '../../errors.js';
import { fold, oneValue } from '../block.js';
import type { Columns, Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/** The lines of {@link Macd}, in units of price. */
export interface MacdLines {
  /** Fast average minus slow average. */
  readonly macd: number;
  /** Exponential average of the `macd` line. */
  readonly signal: number;
  /** `macd` minus `signal`. */
  readonly histogram: number;
}

const STEP: Columns<MacdLines> = {
  macd: new Float64Array(1),
  signal: new Float64Array(1),
  histogram: new Float64Array(1),
};

/**
 * Moving average convergence and divergence: the distance of a fast exponential average from a slow one.
 *
 * As in TA-Lib both averages are seeded on the candle on which the slow one becomes valid, and all three lines begin
 * together.
 */
export class Macd implements Indicator<number, MacdLines>, MacdLines {
  readonly lookback: number;
  macd: number = Number.NaN;
  signal: number = Number.NaN;
  histogram: number = Number.NaN;
  readonly #lengths: { readonly fast: number; readonly slow: number; readonly smooth: number };
  #read = 0;
  #fast = 0;
  #slow = 0;
  #smoothed = 0;

  /** @throws ScannerError `config` when a length is not an integer >= 1, or `fast` is above `slow`. */
  constructor(fast = 12, slow = 26, signal = 9) {
    this.#lengths = {
      fast: integerParameter('fast', fast),
      slow: integerParameter('slow', slow),
      smooth: integerParameter('signal', signal),
    };
    if (fast > slow) {
      throw new ScannerError('config', `fast must be at most slow, was ${fast} and ${slow}`);
    }
    this.lookback = slow - 1 + signal - 1;
  }

  next(close: number): MacdLines {
    this.advance(oneValue(close), STEP, 1);
    this.macd = STEP.macd[0];
    this.signal = STEP.signal[0];
    this.histogram = STEP.histogram[0];
    return this;
  }

  /** As `ColumnIndicator.advance`, to the three lines. */
  advance(close: Float64Array, lines: Columns<MacdLines>, count: number): void {
    const { macd, signal, histogram } = lines;
    const { fast, slow, smooth } = this.#lengths;
    const { lookback } = this;
    let read = this.#read;
    let fastAverage = this.#fast;
    let slowAverage = this.#slow;
    let smoothed = this.#smoothed;
    for (let i = 0; i < count; i++, read++) {
      const value = close[i];
      slowAverage += (value - slowAverage) * step(read, slow);
      fastAverage += (value - fastAverage) * step(read - slow + fast, fast);
      const distance = fastAverage - slowAverage;
      smoothed += (distance - smoothed) * step(read - slow + 1, smooth);
      const begun = read < lookback ? Number.NaN : 1;
      macd[i] = distance * begun;
      signal[i] = smoothed * begun;
      histogram[i] = (distance - smoothed) * begun;
    }
    this.#read = read;
    this.#fast = fastAverage;
    this.#slow = slowAverage;
    this.#smoothed = smoothed;
  }
}

/** How far an exponential average moves towards the value that is its `index`th, from 0: it is seeded with a mean. */
function step(index: number, length: number): number {
  if (index < 0) return 0;
  return index < length ? 1 / (index + 1) : 2 / (length + 1);
}

/** {@link Macd} folded over a column: each line as long as its input, `NaN` for the first `slow + signal - 2` entries. */
export function macd(close: Float64Array, fast = 12, slow = 26, signal = 9): Columns<MacdLines> {
  const { length } = close;
  return fold(new Macd(fast, slow, signal), length, close, {
    macd: new Float64Array(length),
    signal: new Float64Array(length),
    histogram: new Float64Array(length),
  });
}
