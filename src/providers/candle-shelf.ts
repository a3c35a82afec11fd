import { ScannerError } from '../errors.js';
import type { CandleSeries } from '../market/candle-series.js';
import { resample } from '../market/resample.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';

/**
 * All candles of one symbol, whole, and every timeframe that can be made of them, as seen from any moment.
 *
 * The shortest timeframe is the base, and what the base can build is folded from the base, so that all timeframes agree.
 * A longer series that was given is used only where the base does not divide it (`3m` against `5m`). Each fold is made once.
 */
export class CandleShelf {
  readonly baseTimeframe: Timeframe;
  readonly base: CandleSeries;
  readonly #symbol: string;
  readonly #series: Map<Timeframe, CandleSeries>;
  readonly #folded: Map<Timeframe, CandleSeries> = new Map();

  /** @param series - At least one series. */
  constructor(symbol: string, series: ReadonlyMap<Timeframe, CandleSeries>) {
    this.#symbol = symbol;
    this.#series = new Map(series);
    this.baseTimeframe = shortest(series.keys());
    this.base = series.get(this.baseTimeframe) as CandleSeries;
  }

  /**
   * The candles of a timeframe that were closed at `asOf`; views, nothing is copied.
   *
   * @throws ScannerError `unsupported` when no series here can give the timeframe.
   */
  at(timeframe: Timeframe, asOf: number): CandleSeries {
    const whole = this.#whole(timeframe);
    return whole.slice(0, whole.indexAt(asOf - timeframeMs(timeframe) + 1));
  }

  /** When the newest base candle closed; -Infinity without candles. */
  get end(): number {
    const newest = this.base.at(-1);
    return newest === undefined
      ? Number.NEGATIVE_INFINITY
      : newest.time + timeframeMs(this.baseTimeframe);
  }

  #whole(timeframe: Timeframe): CandleSeries {
    if (timeframe === this.baseTimeframe) return this.base;
    const known = this.#folded.get(timeframe);
    if (known !== undefined) return known;
    const made = this.#make(timeframe);
    this.#folded.set(timeframe, made);
    return made;
  }

  #make(timeframe: Timeframe): CandleSeries {
    if (timeframeMs(timeframe) % timeframeMs(this.baseTimeframe) === 0) {
      // Whether a candle is closed depends on who asks and when, which `at` decides; here the clock is at the end of time.
      return resample(this.base, this.baseTimeframe, timeframe, { asOf: Number.POSITIVE_INFINITY });
    }
    const given = this.#series.get(timeframe);
    if (given !== undefined) return given;
    throw new ScannerError(
      'unsupported',
      `candles of ${timeframe} cannot be made from candles of ${[...this.#series.keys()].join(', ')}`,
      { symbol: this.#symbol },
    );
  }
}

function shortest(timeframes: Iterable<Timeframe>): Timeframe {
  return [...timeframes].reduce((a, b) => (timeframeMs(b) < timeframeMs(a) ? b : a));
}
