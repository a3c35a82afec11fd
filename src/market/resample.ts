import { ScannerError } from '../errors.js';
import { CandleSeries } from './candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from './timeframe.js';

/** How {@link resample} treats the edges of a series. */
export interface ResampleOptions {
  /**
   * The moment to look from, epoch milliseconds: a candle still open then is left out.
   * @defaultValue the close of the newest input candle
   */
  readonly asOf?: number | undefined;
}

/**
 * Candles of a longer timeframe, built from those of a shorter one.
 *
 * A candle appears only when it is closed at `asOf` and its start was seen, so nothing is ever built from half a candle.
 * Where trades and silence share a bucket, the silent (zero-volume) candles are skipped for every price, as exchanges do:
 * their repeated close is not a trade. Missing candles stay missing.
 *
 * @param candles - Closed candles of the timeframe `from`.
 * @param from - The timeframe of `candles`.
 * @param to - A whole multiple of `from`.
 * @throws ScannerError `config` when `to` is not a whole multiple of `from`.
 *
 * @example
 * ```ts
 * import { CandleSeries, resample } from 'enhanced-market-scanner';
 *
 * declare const oneMinute: CandleSeries;
 * const fiveMinutes = resample(oneMinute, '1m', '5m');
 * ```
 */
export function resample(
  candles: CandleSeries,
  from: Timeframe,
  to: Timeframe,
  options: ResampleOptions = {},
): CandleSeries {
  const step = timeframeMs(from);
  const span = timeframeMs(to);
  if (span % step !== 0) {
    throw new ScannerError('config', `a candle of ${to} is not made of whole candles of ${from}`);
  }
  if (candles.length === 0) return candles;
  const newest = candles.time[candles.length - 1];
  const asOf = options.asOf ?? newest + step;
  if (span === step) {
    return newest + step <= asOf ? candles : candles.slice(0, candles.indexAt(asOf - step + 1));
  }

  // A bucket whose first candle is missing at the very start of the data may have lost it to the edge, not to silence.
  const first = candles.time[0];
  const start = candleOpen(first, to) === first ? first : candleOpen(first, to) + span;
  const buckets = new Buckets(Math.min(candles.length, Math.floor((newest - first) / span) + 1));
  let end = Number.NEGATIVE_INFINITY;
  for (let i = candles.indexAt(start); i < candles.length; i++) {
    const time = candles.time[i];
    if (time < end) {
      buckets.extend(candles, i);
      continue;
    }
    const open = candleOpen(time, to);
    end = open + span;
    if (end > asOf) break;
    buckets.begin(open, candles, i);
  }
  return buckets.toSeries();
}

/** Candles under construction, one bucket after another. */
class Buckets {
  readonly #time: Float64Array;
  readonly #open: Float64Array;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #close: Float64Array;
  readonly #volume: Float64Array;
  #last = -1;

  constructor(capacity: number) {
    this.#time = new Float64Array(capacity);
    this.#open = new Float64Array(capacity);
    this.#high = new Float64Array(capacity);
    this.#low = new Float64Array(capacity);
    this.#close = new Float64Array(capacity);
    this.#volume = new Float64Array(capacity);
  }

  begin(time: number, candles: CandleSeries, i: number): void {
    this.#last++;
    this.#time[this.#last] = time;
    this.#volume[this.#last] = candles.volume[i];
    this.#price(candles, i);
  }

  extend(candles: CandleSeries, i: number): void {
    const last = this.#last;
    const volume = candles.volume[i];
    const traded = this.#volume[last] > 0;
    if (traded && volume === 0) return;
    this.#volume[last] += volume;
    if (!traded && volume > 0) {
      this.#price(candles, i);
      return;
    }
    if (candles.high[i] > this.#high[last]) this.#high[last] = candles.high[i];
    if (candles.low[i] < this.#low[last]) this.#low[last] = candles.low[i];
    this.#close[last] = candles.close[i];
  }

  #price({ open, high, low, close }: CandleSeries, i: number): void {
    this.#open[this.#last] = open[i];
    this.#high[this.#last] = high[i];
    this.#low[this.#last] = low[i];
    this.#close[this.#last] = close[i];
  }

  toSeries(): CandleSeries {
    const end = this.#last + 1;
    return CandleSeries.fromColumns({
      time: this.#time.subarray(0, end),
      open: this.#open.subarray(0, end),
      high: this.#high.subarray(0, end),
      low: this.#low.subarray(0, end),
      close: this.#close.subarray(0, end),
      volume: this.#volume.subarray(0, end),
    });
  }
}
