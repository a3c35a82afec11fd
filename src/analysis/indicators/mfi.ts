import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Indicator } from '../indicator.js';
import { RollingSum } from '../rolling/rolling-sum.js';
import { TIE_TOLERANCE } from '../tie.js';

/**
 * Money flow index: the share of the money traded over `length` candles that changed hands while the typical price
 * `(high + low + close) / 3` rose, 0 to 100.
 *
 * A candle whose typical price equals the one before it (by `TIE_TOLERANCE`) counts for neither side; 0 where no money
 * moved either way, as in TA-Lib.
 */
export class Mfi implements Indicator<Pick<Candle, 'high' | 'low' | 'close' | 'volume'>> {
  readonly lookback: number;
  readonly #rising: RollingSum;
  readonly #falling: RollingSum;
  #previous: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#rising = new RollingSum(length);
    this.#falling = new RollingSum(length);
    this.lookback = length;
  }

  next(candle: Pick<Candle, 'high' | 'low' | 'close' | 'volume'>): number {
    const typical = (candle.high + candle.low + candle.close) / 3;
    const change = typical - this.#previous;
    this.#previous = typical;
    if (Number.isNaN(change)) return Number.NaN;
    const money = typical * candle.volume;
    const tie = TIE_TOLERANCE * typical;
    const rising = this.#rising.next(Number(change > tie) * money);
    const moved = rising + this.#falling.next(Number(change < -tie) * money);
    return moved === 0 ? 0 : (100 * rising) / moved;
  }
}

/** {@link Mfi} folded over candles: as long as its input, `NaN` for the first `length` entries. */
export function mfi(candles: CandleSeries, length = 14): Float64Array {
  const { high, low, close, volume } = candles;
  const kernel = new Mfi(length);
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
