import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, fold, oneBar } from '../block.js';
import type { Columns, Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';
import { RollingExtremes } from '../rolling/rolling-extremes.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/** The lines of {@link Stochastic}, each 0 to 100. */
export interface StochasticLines {
  /** Where the close lies in the range of the window, smoothed. */
  readonly k: number;
  /** The mean of `k`. */
  readonly d: number;
}

const STEP: Columns<StochasticLines> = { k: new Float64Array(1), d: new Float64Array(1) };

/**
 * Lane's slow stochastic: where the close lies between the lowest low and the highest high of `length` candles, averaged
 * over `smoothK` candles, and the average of that over `smoothD`. Both lines begin together.
 */
export class Stochastic
  implements Indicator<Pick<Bar, 'high' | 'low' | 'close'>, StochasticLines>, StochasticLines
{
  readonly lookback: number;
  k: number = Number.NaN;
  d: number = Number.NaN;
  readonly #extremes: RollingExtremes;
  readonly #sumK: RollingSum;
  readonly #sumD: RollingSum;
  readonly #smoothK: number;
  readonly #smoothD: number;
  readonly #flat: number;

  /**
   * @param flat - What a window without any range reads before smoothing. TA-Lib says 0, the bottom of the range; 50 is
   * its middle.
   * @throws ScannerError `config` when a length is not an integer >= 1.
   */
  constructor(length = 14, smoothK = 3, smoothD = 3, flat = 0) {
    this.#extremes = new RollingExtremes(length);
    this.#sumK = new RollingSum(integerParameter('smoothK', smoothK));
    this.#sumD = new RollingSum(integerParameter('smoothD', smoothD));
    this.#smoothK = smoothK;
    this.#smoothD = smoothD;
    this.#flat = flat;
    this.lookback = length - 1 + smoothK - 1 + smoothD - 1;
  }

  next(candle: Pick<Bar, 'high' | 'low' | 'close'>): StochasticLines {
    this.advance(oneBar(candle), STEP, 1);
    this.k = STEP.k[0];
    this.d = STEP.d[0];
    return this;
  }

  /** As `ColumnIndicator.advance`, from candles to the two lines. */
  advance(
    candles: Columns<Pick<Bar, 'high' | 'low' | 'close'>>,
    { k, d }: Columns<StochasticLines>,
    count: number,
  ): void {
    const { close } = candles;
    const highest = k;
    const lowest = d;
    this.#extremes.advance(candles, { highest, lowest }, count);
    const sumK = this.#sumK;
    const sumD = this.#sumD;
    const smoothK = this.#smoothK;
    const smoothD = this.#smoothD;
    const flat = this.#flat;
    for (let i = 0; i < count; i++) {
      const range = highest[i] - lowest[i];
      k[i] = range === 0 ? flat : (100 * (close[i] - lowest[i])) / range;
    }
    for (let i = 0; i < count; i++) {
      const fast = sumK.next(k[i]) / smoothK;
      const slow = sumD.next(fast) / smoothD;
      k[i] = Number.isNaN(slow) ? Number.NaN : fast;
      d[i] = slow;
    }
  }
}

/**
 * {@link Stochastic} folded over candles: each line as long as its input, `NaN` for the first
 * `length + smoothK + smoothD - 3` entries.
 */
export function stochastic(
  { high, low, close }: CandleSeries,
  length = 14,
  smoothK = 3,
  smoothD = 3,
): Columns<StochasticLines> {
  const kernel = new Stochastic(length, smoothK, smoothD);
  return fold(
    kernel,
    close.length,
    { high, low, close },
    {
      k: new Float64Array(close.length),
      d: new Float64Array(close.length),
    },
  );
}
