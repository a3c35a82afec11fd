import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, fold, oneBar } from '../block.js';
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

const STEP: Columns<AdxLines> = {
  adx: new Float64Array(1),
  plusDi: new Float64Array(1),
  minusDi: new Float64Array(1),
};

/**
 * Wilder's average directional index, with the two directional indicators it is made of.
 *
 * A candle moves up by what its high exceeds the previous high, or down by what its low undercuts the previous low,
 * whichever is more; equal moves (by `TIE_TOLERANCE`) count for neither side. Seeded as in TA-Lib: the sums start with
 * `length - 1` candles, the index with the mean of `length` values. The directional indicators begin on candle `length`, the
 * index, and with it `lookback`, on candle `2 * length - 1`.
 */
export class Adx implements Indicator<Pick<Bar, 'high' | 'low' | 'close'>, AdxLines>, AdxLines {
  readonly lookback: number;
  adx: number = Number.NaN;
  plusDi: number = Number.NaN;
  minusDi: number = Number.NaN;
  readonly #length: number;
  readonly #average: Wilder;
  #read = 0;
  #plus = 0;
  #minus = 0;
  #range = 0;
  #high: number = Number.NaN;
  #low: number = Number.NaN;
  #close: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#length = integerParameter('length', length);
    this.#average = new Wilder(length);
    this.lookback = 2 * length - 1;
  }

  next(candle: Pick<Bar, 'high' | 'low' | 'close'>): AdxLines {
    this.advance(oneBar(candle), STEP, 1);
    this.adx = STEP.adx[0];
    this.plusDi = STEP.plusDi[0];
    this.minusDi = STEP.minusDi[0];
    return this;
  }

  /** As `ColumnIndicator.advance`, from candles to the three lines. */
  advance(
    candles: Columns<Pick<Bar, 'high' | 'low' | 'close'>>,
    { adx, plusDi, minusDi }: Columns<AdxLines>,
    count: number,
  ): void {
    const range = adx;
    this.#addUp(candles, { plus: plusDi, minus: minusDi, range }, count);
    for (let i = 0; i < count; i++) {
      const plus = plusDi[i];
      const minus = minusDi[i];
      const movement = plus + minus;
      const percent = range[i] === 0 ? 0 : 100 / range[i];
      plusDi[i] = plus * percent;
      minusDi[i] = minus * percent;
      adx[i] = movement === 0 ? 0 : (100 * Math.abs(plus - minus)) / movement;
    }
    this.#average.advance(adx, adx, count);
  }

  /** Wilder's running sums of both movements and of the true range; `NaN` before `length` steps have gone into them. */
  #addUp(
    { high, low, close }: Columns<Pick<Bar, 'high' | 'low' | 'close'>>,
    sums: Columns<Record<'plus' | 'minus' | 'range', number>>,
    count: number,
  ): void {
    const length = this.#length;
    const decay = 1 - 1 / length;
    let plus = this.#plus;
    let minus = this.#minus;
    let range = this.#range;
    let previousHigh = this.#high;
    let previousLow = this.#low;
    let previousClose = this.#close;
    for (let i = 0; i < count; i++) {
      const read = this.#read + i;
      if (read > 0) {
        const up = high[i] - previousHigh;
        const down = previousLow - low[i];
        const tie = TIE_TOLERANCE * (Math.abs(high[i]) + Math.abs(low[i]));
        const kept = read < length ? 1 : decay;
        plus = plus * kept + up * (Number(up > 0) * Number(up - down > tie));
        minus = minus * kept + down * (Number(down > 0) * Number(down - up > tie));
        range = range * kept + trueRange(high[i], low[i], previousClose);
      }
      previousHigh = high[i];
      previousLow = low[i];
      previousClose = close[i];
      sums.plus[i] = read < length ? Number.NaN : plus;
      sums.minus[i] = read < length ? Number.NaN : minus;
      sums.range[i] = range;
    }
    this.#read += count;
    this.#plus = plus;
    this.#minus = minus;
    this.#range = range;
    this.#high = previousHigh;
    this.#low = previousLow;
    this.#close = previousClose;
  }
}

/** {@link Adx} folded over candles: each line as long as its input, `NaN` where it has not begun. */
export function adx({ high, low, close }: CandleSeries, length = 14): Columns<AdxLines> {
  return fold(
    new Adx(length),
    close.length,
    { high, low, close },
    {
      adx: new Float64Array(close.length),
      plusDi: new Float64Array(close.length),
      minusDi: new Float64Array(close.length),
    },
  );
}
