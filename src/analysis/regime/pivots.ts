import { ScannerError } from '../../errors.js';
import type { CandleSeries } from '../../market/candle-series.js';
import { Atr } from '../indicators/atr.js';
import { type LogCandles, logCandlesBeside } from './log-candles.js';

/** A turning point of a market. */
export interface Pivot {
  readonly kind: 'high' | 'low';
  /** Index of the candle that made it. */
  readonly index: number;
  /** Open time of that candle, epoch milliseconds. */
  readonly time: number;
  /** Its high or low, in quote currency. */
  readonly price: number;
  /** Index of the candle at whose close it became known; before that it was not there. */
  readonly confirmedAt: number;
}

/** How far a market must turn. */
export interface PivotOptions {
  /** Move from the extreme to a close that confirms it, in average true ranges, above 0. @defaultValue 2 */
  readonly reversal?: number | undefined;
}

/**
 * The confirmed turning points of a market, oldest first, highs and lows in turn: a zigzag by average true range.
 *
 * A high is confirmed when a candle closes `reversal` average true ranges (Wilder, 14, on logarithms) under it, a low likewise. What
 * a later candle could still take back is not returned, so more candles only ever append: nothing repaints. A mirrored market has
 * the mirrored pivots.
 *
 * @param candles - Closed candles of one timeframe; the first 14 confirm nothing.
 * @throws ScannerError `config` unless `reversal` is finite and above 0.
 */
export function pivots(candles: CandleSeries, options: PivotOptions = {}): readonly Pivot[] {
  const { reversal = 2 } = options;
  if (!(reversal > 0 && reversal < Number.POSITIVE_INFINITY)) {
    throw new ScannerError('config', `reversal must be finite and above 0, was ${reversal}`);
  }
  const zigzag = new Zigzag(logCandlesBeside(candles, 0, candles.close[0]), reversal);
  return zigzag.turns().map(({ kind, index, confirmedAt }) => ({
    kind,
    index,
    time: candles.time[index],
    price: kind === 'high' ? candles.high[index] : candles.low[index],
    confirmedAt,
  }));
}

type Turn = Pick<Pivot, 'kind' | 'index' | 'confirmedAt'>;

class Zigzag {
  readonly #turns: Turn[] = [];
  #high = 0;
  #low = 0;

  constructor(
    readonly candles: LogCandles,
    readonly reversal: number,
  ) {}

  turns(): readonly Turn[] {
    const { high, low, close, length } = this.candles;
    const atr = new Atr();
    for (let i = 0; i < length; i++) {
      const needed = this.reversal * atr.next({ high: high[i], low: low[i], close: close[i] });
      if (high[i] > high[this.#high]) this.#high = i;
      if (low[i] < low[this.#low]) this.#low = i;
      const fell = needed > 0 && high[this.#high] - close[i] >= needed;
      const rose = needed > 0 && close[i] - low[this.#low] >= needed;
      this.#confirm(i, fell, rose);
    }
    return this.#turns;
  }

  #confirm(i: number, fell: boolean, rose: boolean): void {
    const last = this.#turns.at(-1)?.kind;
    // Before the first turn both can hold: then the older extreme was the first, and the same candle for both is neither.
    const both = last === undefined && fell && rose;
    if (both && this.#high === this.#low) return;
    if (fell && last !== 'high' && !(both && this.#low < this.#high)) this.#turn('high', i);
    else if (rose && last !== 'low') this.#turn('low', i);
  }

  #turn(kind: Turn['kind'], confirmedAt: number): void {
    const { high, low } = this.candles;
    const index = kind === 'high' ? this.#high : this.#low;
    this.#turns.push({ kind, index, confirmedAt });
    // The opposite extreme starts anew after this one; the candle of the turn itself may have made it before.
    const start = Math.min(index + 1, confirmedAt);
    if (kind === 'high') this.#low = start;
    else this.#high = start;
    for (let i = start; i <= confirmedAt; i++) {
      if (kind === 'high' && low[i] < low[this.#low]) this.#low = i;
      if (kind === 'low' && high[i] > high[this.#high]) this.#high = i;
    }
  }
}
