import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Indicator } from '../indicator.js';

/**
 * Granville's on-balance volume: a running total that adds a candle's volume when its close rose and takes it away when it
 * fell, in base units. As in TA-Lib it starts at the first candle's volume; only its changes mean anything.
 */
export class Obv implements Indicator<Pick<Candle, 'close' | 'volume'>> {
  readonly lookback = 0;
  #total = 0;
  #previousClose = 0;

  next(candle: Pick<Candle, 'close' | 'volume'>): number {
    const { close, volume } = candle;
    const side = Number(close > this.#previousClose) - Number(close < this.#previousClose);
    this.#total += side * volume;
    this.#previousClose = close;
    return this.#total;
  }
}

/** {@link Obv} folded over candles: as long as its input, never `NaN`. */
export function obv(candles: CandleSeries): Float64Array {
  const { close, volume } = candles;
  const kernel = new Obv();
  const candle = { close: Number.NaN, volume: Number.NaN };
  const out = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    candle.close = close[i];
    candle.volume = volume[i];
    out[i] = kernel.next(candle);
  }
  return out;
}
