import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, fold } from '../block.js';
import { CandleIndicator } from '../candle-indicator.js';
import type { Columns } from '../indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/**
 * Volume-weighted average price since the first candle read, in units of price; `NaN` until something has traded.
 *
 * A candle's price is its typical price `(high + low + close) / 3`.
 */
export class Vwap extends CandleIndicator<keyof Bar> {
  readonly lookback = 0;
  #money = 0;
  #volume = 0;

  advance({ high, low, close, volume }: Columns<Bar>, out: Float64Array, count: number): void {
    let money = this.#money;
    let traded = this.#volume;
    for (let i = 0; i < count; i++) {
      money += ((high[i] + low[i] + close[i]) / 3) * volume[i];
      traded += volume[i];
      out[i] = money / traded;
    }
    this.#money = money;
    this.#volume = traded;
  }
}

/** {@link Vwap} of the newest `length` candles; `NaN` until there are as many, and while none of them traded. */
export class RollingVwap extends CandleIndicator<keyof Bar> {
  readonly lookback: number;
  readonly #money: RollingSum;
  readonly #volume: RollingSum;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length: number) {
    super();
    this.#money = new RollingSum(length);
    this.#volume = new RollingSum(length);
    this.lookback = length - 1;
  }

  advance({ high, low, close, volume }: Columns<Bar>, out: Float64Array, count: number): void {
    const money = this.#money;
    const traded = this.#volume;
    for (let i = 0; i < count; i++) {
      const typical = (high[i] + low[i] + close[i]) / 3;
      out[i] = money.next(typical * volume[i]) / traded.next(volume[i]);
    }
  }
}

/**
 * Volume-weighted average price of candles: {@link Vwap} from the first candle on, or with a `length` {@link RollingVwap}.
 * As long as its input; `NaN` where nothing has traded.
 */
export function vwap({ high, low, close, volume }: CandleSeries, length?: number): Float64Array {
  const kernel = length === undefined ? new Vwap() : new RollingVwap(length);
  return fold(kernel, close.length, { high, low, close, volume }, new Float64Array(close.length));
}
