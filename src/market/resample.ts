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
  if (span === step) return candles;
  if (candles.length === 0) return candles;
  const asOf = options.asOf ?? candles.time[candles.length - 1] + step;

  const buckets = new Buckets(candles.length);
  // A bucket whose first candle is missing at the very start of the data may have lost it to the edge, not to silence.
  const first = candles.time[0];
  const start = candleOpen(first, to) === first ? first : candleOpen(first, to) + span;
  for (let i = candles.indexAt(start); i < candles.length; i++) {
    const open = candleOpen(candles.time[i], to);
    if (open + span > asOf) break;
    buckets.add(open, candles, i);
  }
  return buckets.toSeries();
}

/** Candles under construction, one bucket after another. */
class Buckets {
  readonly #rows: Float64Array[];
  #count = 0;
  #traded = false;

  constructor(capacity: number) {
    this.#rows = Array.from({ length: 6 }, () => new Float64Array(capacity));
  }

  add(bucket: number, candles: CandleSeries, i: number): void {
    const volume = candles.volume[i];
    const [time, , , , , total] = this.#rows;
    const isNew = this.#count === 0 || time[this.#count - 1] !== bucket;
    if (isNew) {
      this.#count++;
      time[this.#count - 1] = bucket;
      total[this.#count - 1] = 0;
    }
    if (isNew || (volume > 0 && !this.#traded)) this.#begin(candles, i);
    else if (volume > 0 || !this.#traded) this.#extend(candles, i);
    this.#traded = volume > 0 || (this.#traded && !isNew);
    total[this.#count - 1] += volume;
  }

  #begin({ open, high, low, close }: CandleSeries, i: number): void {
    const last = this.#count - 1;
    this.#rows[1][last] = open[i];
    this.#rows[2][last] = high[i];
    this.#rows[3][last] = low[i];
    this.#rows[4][last] = close[i];
  }

  #extend({ high, low, close }: CandleSeries, i: number): void {
    const last = this.#count - 1;
    if (high[i] > this.#rows[2][last]) this.#rows[2][last] = high[i];
    if (low[i] < this.#rows[3][last]) this.#rows[3][last] = low[i];
    this.#rows[4][last] = close[i];
  }

  toSeries(): CandleSeries {
    const [time, open, high, low, close, volume] = this.#rows.map((row) =>
      row.subarray(0, this.#count),
    );
    return CandleSeries.fromColumns({ time, open, high, low, close, volume });
  }
}
