import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Columns, Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';
import { TIE_TOLERANCE } from '../tie.js';
import { trueRange } from './atr.js';
import { Wilder } from './wilder.js';

/** The lines of {@link Adx}, each 0 to 100. */
export interface AdxLines {
  /** How one-sided movement is, whichever side it is on. */
  readonly adx: number;
  /** Upward movement as a share of all movement. */
  readonly plusDi: number;
  /** Downward movement as a share of all movement. */
  readonly minusDi: number;
}

/**
 * Wilder's average directional index, with the two directional indicators it is made of.
 *
 * A candle moves up by what its high exceeds the previous high, or down by what its low undercuts the previous low,
 * whichever is more; equal moves (by `TIE_TOLERANCE`) count for neither side. Seeded as in TA-Lib: the sums start with
 * `length - 1` candles, the index with the mean of `length` values. The directional indicators begin on candle `length`, the
 * index, and with it `lookback`, on candle `2 * length - 1`.
 */
export class Adx implements Indicator<Pick<Candle, 'high' | 'low' | 'close'>, AdxLines>, AdxLines {
  readonly lookback: number;
  adx: number = Number.NaN;
  plusDi: number = Number.NaN;
  minusDi: number = Number.NaN;
  readonly #length: number;
  readonly #average: Wilder;
  #count = 0;
  #plus = 0;
  #minus = 0;
  #range = 0;
  #previousHigh: number = Number.NaN;
  #previousLow: number = Number.NaN;
  #previousClose: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#length = integerParameter('length', length);
    this.#average = new Wilder(length);
    this.lookback = 2 * length - 1;
  }

  next(candle: Pick<Candle, 'high' | 'low' | 'close'>): AdxLines {
    const { high, low, close } = candle;
    if (this.#count > 0) this.#move(high, low);
    this.#previousHigh = high;
    this.#previousLow = low;
    this.#previousClose = close;
    this.#count++;
    return this;
  }

  #move(high: number, low: number): void {
    const up = high - this.#previousHigh;
    const down = this.#previousLow - low;
    const tie = TIE_TOLERANCE * (Math.abs(high) + Math.abs(low));
    const kept = this.#count < this.#length ? 1 : 1 - 1 / this.#length;
    this.#plus = this.#plus * kept + up * (Number(up > 0) * Number(up - down > tie));
    this.#minus = this.#minus * kept + down * (Number(down > 0) * Number(down - up > tie));
    this.#range = this.#range * kept + trueRange(high, low, this.#previousClose);
    if (this.#count >= this.#length) this.#settle();
  }

  #settle(): void {
    const plus = this.#plus;
    const minus = this.#minus;
    const movement = plus + minus;
    const percent = this.#range === 0 ? 0 : 100 / this.#range;
    this.plusDi = plus * percent;
    this.minusDi = minus * percent;
    this.adx = this.#average.next(movement === 0 ? 0 : (100 * Math.abs(plus - minus)) / movement);
  }
}

/** {@link Adx} folded over candles: each line as long as its input, `NaN` where it has not begun. */
export function adx(candles: CandleSeries, length = 14): Columns<AdxLines> {
  const { high, low, close } = candles;
  const kernel = new Adx(length);
  const candle = { high: Number.NaN, low: Number.NaN, close: Number.NaN };
  const index = new Float64Array(close.length);
  const plusDi = new Float64Array(close.length);
  const minusDi = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    candle.high = high[i];
    candle.low = low[i];
    candle.close = close[i];
    const lines = kernel.next(candle);
    index[i] = lines.adx;
    plusDi[i] = lines.plusDi;
    minusDi[i] = lines.minusDi;
  }
  return { adx: index, plusDi, minusDi };
}
