import type { CandleSeries } from '../../market/candle-series.js';
import { type Bar, fold } from '../block.js';
import { CandleIndicator } from '../candle-indicator.js';
import type { Columns } from '../indicator.js';
import { integerParameter } from '../integer-parameter.js';

/**
 * How far price travelled in one candle, the jump from the previous close included, in units of price; `NaN` where
 * `previousClose` is.
 */
export function trueRange(high: number, low: number, previousClose: number): number {
  return Math.max(high, previousClose) - Math.min(low, previousClose);
}

/** Wilder's average true range, in units of price. */
export class Atr extends CandleIndicator<'high' | 'low' | 'close'> {
  readonly lookback: number;
  #seeded = 0;
  #average = 0;
  #previousClose: number = Number.NaN;

  /** @throws ScannerError `config` when `length` is not an integer >= 1. */
  constructor(length = 14) {
    super();
    this.lookback = integerParameter('length', length);
  }

  advance(
    { high, low, close }: Columns<Pick<Bar, 'high' | 'low' | 'close'>>,
    out: Float64Array,
    count: number,
  ): void {
    const length = this.lookback;
    let seeded = this.#seeded;
    let average = this.#average;
    let previous = this.#previousClose;
    for (let i = 0; i < count; i++) {
      const range = trueRange(high[i], low[i], previous);
      previous = close[i];
      if (seeded < length) {
        out[i] = Number.NaN;
        if (Number.isNaN(range)) continue;
        seeded++;
      }
      average += (range - average) * (1 / seeded);
      if (seeded === length) out[i] = average;
    }
    this.#seeded = seeded;
    this.#average = average;
    this.#previousClose = previous;
  }
}

/** {@link Atr} folded over candles: as long as its input, `NaN` for the first `length` entries. */
export function atr({ high, low, close }: CandleSeries, length = 14): Float64Array {
  const out = new Float64Array(close.length);
  return fold(new Atr(length), close.length, { high, low, close }, out);
}
