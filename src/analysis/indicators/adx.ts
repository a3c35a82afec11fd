import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, fold, oneBar } from '../block.js';
import type { Columns, Indicator } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';
import { TIE_TOLERANCE } from '../tie.js';
import { trueRange } from './atr.js';

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
  #read = 0;
  #plus = 0;
  #minus = 0;
  #range = 0;
  #index = 0;
  #high: number = Number.NaN;
  #low: number = Number.NaN;
  #close: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    this.#length = integerParameter('length', length);
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
    { high, low, close }: Columns<Pick<Bar, 'high' | 'low' | 'close'>>,
    { adx, plusDi, minusDi }: Columns<AdxLines>,
    count: number,
  ): void {
    const length = this.#length;
    const decay = 1 - 1 / length;
    let read = this.#read;
    let plus = this.#plus;
    let minus = this.#minus;
    let range = this.#range;
    let index = this.#index;
    let previousHigh = this.#high;
    let previousLow = this.#low;
    let previousClose = this.#close;
    for (let i = 0; i < count; i++, read++) {
      if (read > 0) {
        const up = high[i] - previousHigh;
        const down = previousLow - low[i];
        const tie = TIE_TOLERANCE * (Math.abs(high[i]) + Math.abs(low[i]));
        const kept = read < length ? 1 : decay;
        plus = plus * kept + movement(up, down, tie);
        minus = minus * kept + movement(down, up, tie);
        range = range * kept + trueRange(high[i], low[i], previousClose);
      }
      previousHigh = high[i];
      previousLow = low[i];
      previousClose = close[i];
      const summed = read - length + 1;
      if (summed > 0) {
        const oneSided = Math.abs(plus - minus) * percentOf(plus + minus);
        index += (oneSided - index) * (1 / Math.min(summed, length));
      }
      const percent = summed > 0 ? percentOf(range) : Number.NaN;
      adx[i] = summed < length ? Number.NaN : index;
      plusDi[i] = plus * percent;
      minusDi[i] = minus * percent;
    }
    this.#read = read;
    this.#plus = plus;
    this.#minus = minus;
    this.#range = range;
    this.#index = index;
    this.#high = previousHigh;
    this.#low = previousLow;
    this.#close = previousClose;
  }
}

/** A move to one side, if it is one and exceeds the move to the other; in arithmetic, for no processor foresees which does. */
function movement(move: number, other: number, tie: number): number {
  return move * (Number(move > 0) * Number(move - other > tie));
}

function percentOf(whole: number): number {
  return whole === 0 ? 0 : 100 / whole;
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
