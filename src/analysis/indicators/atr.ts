import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Indicator } from '../indicator.js';
import { Wilder } from './wilder.js';

/**
 * How far price travelled in one candle, the jump from the previous close included, in units of price; `NaN` where
 * `previousClose` is.
 */
export function trueRange(high: number, low: number, previousClose: number): number {
  return Math.max(high, previousClose) - Math.min(low, previousClose);
}

/** Wilder's average true range, in units of price. */
export class Atr implements Indicator<Pick<Candle, 'high' | 'low' | 'close'>> {
  readonly lookback: number;
  readonly #average: Wilder;
  #previousClose: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#average = new Wilder(length);
    this.lookback = length;
  }

  next(candle: Pick<Candle, 'high' | 'low' | 'close'>): number {
    const range = trueRange(candle.high, candle.low, this.#previousClose);
    this.#previousClose = candle.close;
    return this.#average.next(range);
  }
}

/** {@link Atr} folded over candles: as long as its input, `NaN` for the first `length` entries. */
export function atr(candles: CandleSeries, length = 14): Float64Array {
  const { high, low, close } = candles;
  const kernel = new Atr(length);
  const candle = { high: Number.NaN, low: Number.NaN, close: Number.NaN };
  const out = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    candle.high = high[i];
    candle.low = low[i];
    candle.close = close[i];
    out[i] = kernel.next(candle);
  }
  return out;
}
