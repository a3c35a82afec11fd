import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Columns, Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';
import { RollingExtremes } from '../rolling/rolling-extremes.js';
import { Sma } from './sma.js';

/** The lines of {@link Stochastic}, each 0 to 100. */
export interface StochasticLines {
  /** Where the close lies in the range of the window, smoothed. */
  readonly k: number;
  /** The mean of `k`. */
  readonly d: number;
}

/**
 * Lane's slow stochastic: where the close lies between the lowest low and the highest high of `length` candles, averaged
 * over `smoothK` candles, and the average of that over `smoothD`. Both lines begin together.
 */
export class Stochastic
  implements Indicator<Pick<Candle, 'high' | 'low' | 'close'>, StochasticLines>, StochasticLines
{
  readonly lookback: number;
  k: number = Number.NaN;
  d: number = Number.NaN;
  readonly #extremes: RollingExtremes;
  readonly #smoothK: Sma;
  readonly #smoothD: Sma;
  readonly #flat: number;

  /**
   * @param flat - What a window without any range reads before smoothing. TA-Lib says 0, the bottom of the range; 50 is
   * its middle.
   * @throws ScannerError `config` when a length is not an integer >= 1.
   */
  constructor(length = 14, smoothK = 3, smoothD = 3, flat = 0) {
    this.#extremes = new RollingExtremes(length);
    this.#smoothK = new Sma(integerParameter('smoothK', smoothK));
    this.#smoothD = new Sma(integerParameter('smoothD', smoothD));
    this.#flat = flat;
    this.lookback = length - 1 + smoothK - 1 + smoothD - 1;
  }

  next(candle: Pick<Candle, 'high' | 'low' | 'close'>): StochasticLines {
    const { highest, lowest } = this.#extremes.next(candle);
    const range = highest - lowest;
    const position = range === 0 ? this.#flat : (100 * (candle.close - lowest)) / range;
    const k = this.#smoothK.next(position);
    this.d = this.#smoothD.next(k);
    this.k = Number.isNaN(this.d) ? Number.NaN : k;
    return this;
  }
}

/**
 * {@link Stochastic} folded over candles: each line as long as its input, `NaN` for the first
 * `length + smoothK + smoothD - 3` entries.
 */
export function stochastic(
  candles: CandleSeries,
  length = 14,
  smoothK = 3,
  smoothD = 3,
): Columns<StochasticLines> {
  const { high, low, close } = candles;
  const kernel = new Stochastic(length, smoothK, smoothD);
  const candle = { high: Number.NaN, low: Number.NaN, close: Number.NaN };
  const k = new Float64Array(close.length);
  const d = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    candle.high = high[i];
    candle.low = low[i];
    candle.close = close[i];
    const lines = kernel.next(candle);
    k[i] = lines.k;
    d[i] = lines.d;
  }
  return { k, d };
}
