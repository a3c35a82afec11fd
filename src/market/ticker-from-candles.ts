import type { CandleSeries } from './candle-series.js';
import type { Ticker } from './ticker.js';
import { type Timeframe, timeframeMs } from './timeframe.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The last 24 hours as candles tell them, or `undefined` where there are no candles.
 *
 * `time` is when the newest candle closed, so a market that fell silent shows its age. The quote volume takes each candle's
 * base volume at its typical price `(high + low + close) / 3`; it is `undefined` where no candle has any volume, as in
 * currency data. The change is against the newest close of at least 24 hours before `asOf`. Candles know no bid and no ask.
 *
 * @param candles - Candles that may go on beyond `asOf`: what closed later is not read.
 */
export function tickerFromCandles(
  symbol: string,
  candles: CandleSeries,
  timeframe: Timeframe,
  asOf: number,
): Ticker | undefined {
  return new CandleTicker(symbol, candles, timeframe).at(asOf);
}

/** {@link tickerFromCandles} for many moments of one series: turnover is added up hour by hour, and an hour that is over is remembered. */
export class CandleTicker {
  readonly #symbol: string;
  readonly #candles: CandleSeries;
  readonly #span: number;
  readonly #hours = new HourlyTurnover();

  constructor(symbol: string, candles: CandleSeries, timeframe: Timeframe) {
    this.#symbol = symbol;
    this.#candles = candles;
    this.#span = timeframeMs(timeframe);
  }

  /** The 24 hours before `asOf`. */
  at(asOf: number): Ticker | undefined {
    const candles = this.#candles;
    const span = this.#span;
    const end = candles.indexAt(asOf - span + 1);
    if (end === 0) return undefined;
    const newest = candles.close[end - 1];
    const dayStart = candles.indexAt(asOf - DAY - span + 1);
    const dayAgo = dayStart === 0 ? undefined : candles.close[dayStart - 1];
    return {
      symbol: this.#symbol,
      time: candles.time[end - 1] + span,
      last: newest,
      bid: undefined,
      ask: undefined,
      quoteVolume24h: hasVolume(candles, end)
        ? this.#hours.between(candles, dayStart, end)
        : undefined,
      change24h: dayAgo === undefined ? undefined : newest / dayAgo - 1,
    };
  }
}

// A day touches 25 hours.
const SLOTS = 32;

/** Quote turnover as a sum of hours, so that it is the same whether hours are remembered or added up again. */
class HourlyTurnover {
  readonly #start = new Int32Array(SLOTS).fill(-1);
  readonly #end = new Int32Array(SLOTS);
  readonly #sum = new Float64Array(SLOTS);

  /** Of the candles from index `from` up to `end`. */
  between(candles: CandleSeries, from: number, end: number): number {
    let total = 0;
    let i = from;
    while (i < end) {
      const hour = Math.floor(candles.time[i] / HOUR);
      const slot = hour % SLOTS;
      if (this.#start[slot] !== i || this.#end[slot] > end) this.#add(candles, i, end, slot);
      total += this.#sum[slot];
      i = this.#end[slot];
    }
    return total;
  }

  #add({ time, high, low, close, volume }: CandleSeries, from: number, end: number, slot: number) {
    const next = (Math.floor(time[from] / HOUR) + 1) * HOUR;
    let sum = 0;
    let i = from;
    for (; i < end && time[i] < next; i++) sum += (volume[i] * (high[i] + low[i] + close[i])) / 3;
    this.#sum[slot] = sum;
    this.#end[slot] = i;
    // The newest hour may go on: what is known of it now is not all of it.
    this.#start[slot] = i < end ? from : -1;
  }
}

// Newest first: where there is volume at all, some of it is nearly always recent.
function hasVolume({ volume }: CandleSeries, end: number): boolean {
  for (let i = end - 1; i >= 0; i--) if (volume[i] > 0) return true;
  return false;
}
