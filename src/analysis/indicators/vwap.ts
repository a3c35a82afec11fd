import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Indicator } from '../indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/**
 * Volume-weighted average price since the first candle read, in units of price; `NaN` until something has traded.
 *
 * A candle's price is its typical price `(high + low + close) / 3`.
 */
export class Vwap implements Indicator<Pick<Candle, 'high' | 'low' | 'close' | 'volume'>> {
  readonly lookback = 0;
  #money = 0;
  #volume = 0;

  next(candle: Pick<Candle, 'high' | 'low' | 'close' | 'volume'>): number {
    const { volume } = candle;
    this.#money += ((candle.high + candle.low + candle.close) / 3) * volume;
    this.#volume += volume;
    return this.#money / this.#volume;
  }
}

/** {@link Vwap} of the newest `length` candles; `NaN` until there are as many, and while none of them traded. */
export class RollingVwap implements Indicator<Pick<Candle, 'high' | 'low' | 'close' | 'volume'>> {
  readonly lookback: number;
  readonly #money: RollingSum;
  readonly #volume: RollingSum;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length: number) {
    this.#money = new RollingSum(length);
    this.#volume = new RollingSum(length);
    this.lookback = length - 1;
  }

  next(candle: Pick<Candle, 'high' | 'low' | 'close' | 'volume'>): number {
    const { volume } = candle;
    const money = this.#money.next(((candle.high + candle.low + candle.close) / 3) * volume);
    return money / this.#volume.next(volume);
  }
}

/**
 * Volume-weighted average price of candles: {@link Vwap} from the first candle on, or with a `length` {@link RollingVwap}.
 * As long as its input; `NaN` where nothing has traded.
 */
export function vwap(candles: CandleSeries, length?: number): Float64Array {
  return length === undefined ? fold(candles, new Vwap()) : fold(candles, new RollingVwap(length));
}

function fold(
  candles: CandleSeries,
  kernel: Indicator<Pick<Candle, 'high' | 'low' | 'close' | 'volume'>>,
): Float64Array {
  const { high, low, close, volume } = candles;
  const candle = { high: Number.NaN, low: Number.NaN, close: Number.NaN, volume: Number.NaN };
  const out = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    candle.high = high[i];
    candle.low = low[i];
    candle.close = close[i];
    candle.volume = volume[i];
    out[i] = kernel.next(candle);
  }
  return out;
}
