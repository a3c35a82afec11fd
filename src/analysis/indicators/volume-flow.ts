import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Indicator } from '../indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';

/**
 * Signed volume over total volume of `length` candles: what on-balance volume changed by, as a share of what was traded,
 * -1 to +1. A candle's volume counts up when its close rose, down when it fell. `NaN` while nothing has traded.
 */
export class VolumeFlow implements Indicator<Pick<Candle, 'close' | 'volume'>> {
  readonly lookback: number;
  readonly #signed: RollingSum;
  readonly #total: RollingSum;
  #previousClose: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#signed = new RollingSum(length);
    this.#total = new RollingSum(length);
    this.lookback = length;
  }

  next(candle: Pick<Candle, 'close' | 'volume'>): number {
    const { close, volume } = candle;
    const side = Math.sign(close - this.#previousClose);
    this.#previousClose = close;
    return this.#signed.next(side * volume) / this.#total.next(volume);
  }
}

/** {@link VolumeFlow} folded over candles: as long as its input, `NaN` for the first `length` entries. */
export function volumeFlow(candles: CandleSeries, length = 14): Float64Array {
  const { close, volume } = candles;
  const kernel = new VolumeFlow(length);
  const candle = { close: Number.NaN, volume: Number.NaN };
  const out = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    candle.close = close[i];
    candle.volume = volume[i];
    out[i] = kernel.next(candle);
  }
  return out;
}
