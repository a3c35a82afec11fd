import { ScannerError } from '../../errors.js';
import { fold, oneValue } from '../block.js';
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
    this.advance(oneValue(close), STEP, 1);
    this.macd = STEP.macd[0];
    this.signal = STEP.signal[0];
    this.histogram = STEP.histogram[0];
    return this;
  }

  /** As `ColumnIndicator.advance`, to the three lines. */
  advance(close: Float64Array, lines: Columns<MacdLines>, count: number): void {
    const { macd, signal, histogram } = lines;
    const slow = histogram;
    this.#slow.advance(close, slow, count);
    this.#fast.advance(
      this.#untilFast > 0 ? this.#withheld(close, macd, count) : close,
      macd,
      count,
    );
    for (let i = 0; i < count; i++) macd[i] -= slow[i];
    this.#signal.advance(macd, signal, count);
    for (let i = 0; i < count; i++) {
      histogram[i] = macd[i] - signal[i];
      if (Number.isNaN(signal[i])) macd[i] = Number.NaN;
    }
  }

  /** The closes that the fast average is given: it waits for the slow one, so that both are seeded on one candle. */
  #withheld(close: Float64Array, out: Float64Array, count: number): Float64Array {
    for (let i = 0; i < count; i++) out[i] = this.#untilFast-- > 0 ? Number.NaN : close[i];
    return out;
  }
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
