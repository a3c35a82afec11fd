import { ScannerError } from '../../errors.js';
import type { Columns, Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';
import { Ema } from './ema.js';

/** The lines of {@link Macd}, in units of price. */
export interface MacdLines {
  /** Fast average minus slow average. */
  readonly macd: number;
  /** Exponential average of the `macd` line. */
  readonly signal: number;
  /** `macd` minus `signal`. */
  readonly histogram: number;
}

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
  readonly #fast: Ema;
  readonly #slow: Ema;
  readonly #signal: Ema;
  #untilFast: number;

  /** @throws ScannerError `config` when a length is not an integer >= 1, or `fast` is above `slow`. */
  constructor(fast = 12, slow = 26, signal = 9) {
    this.#fast = new Ema(integerParameter('fast', fast));
    this.#slow = new Ema(integerParameter('slow', slow));
    this.#signal = new Ema(integerParameter('signal', signal));
    if (fast > slow) {
      throw new ScannerError('config', `fast must be at most slow, was ${fast} and ${slow}`);
    }
    this.#untilFast = slow - fast;
    this.lookback = slow - 1 + signal - 1;
  }

  next(close: number): MacdLines {
    const slow = this.#slow.next(close);
    if (this.#untilFast > 0) {
      this.#untilFast--;
      return this;
    }
    const macd = this.#fast.next(close) - slow;
    this.signal = this.#signal.next(macd);
    this.macd = Number.isNaN(this.signal) ? Number.NaN : macd;
    this.histogram = macd - this.signal;
    return this;
  }
}

/** {@link Macd} folded over a column: each line as long as its input, `NaN` for the first `slow + signal - 2` entries. */
export function macd(close: Float64Array, fast = 12, slow = 26, signal = 9): Columns<MacdLines> {
  const kernel = new Macd(fast, slow, signal);
  const macdLine = new Float64Array(close.length);
  const signalLine = new Float64Array(close.length);
  const histogram = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    const lines = kernel.next(close[i]);
    macdLine[i] = lines.macd;
    signalLine[i] = lines.signal;
    histogram[i] = lines.histogram;
  }
  return { macd: macdLine, signal: signalLine, histogram };
}
