import { Ema } from '../analysis/indicators/ema.js';
import { Sma } from '../analysis/indicators/sma.js';
import type { Candle, CandleSeries } from '../market/candle-series.js';
import type { Timeframe } from '../market/timeframe.js';

/** Past volatility of one symbol's fast candles; `NaN` while warming up. */
export interface FastVolatility {
  /** Mean squared log return of one candle over the newest hour, four hours and day. */
  readonly varianceHour: number;
  readonly varianceFourHours: number;
  readonly varianceDay: number;
  /** The same by Parkinson's range estimator, which sees the path within a candle. */
  readonly rangeHour: number;
  readonly rangeFourHours: number;
  readonly rangeDay: number;
  /** Exponentially weighted mean squared return, half-life six hours. */
  readonly varianceWeighted: number;
  /** Mean volume of one candle. */
  readonly volumeHour: number;
  readonly volumeFourHours: number;
  readonly volumeDay: number;
}

/** Past volatility of one symbol's slow candles, per fast candle; `NaN` while warming up. */
export interface SlowVolatility {
  /** Mean squared log return over the newest week. */
  readonly varianceWeek: number;
  /** The same by Parkinson's range estimator. */
  readonly rangeWeek: number;
}

/** What a volatility forecast reads: mean variance of one fast candle's log return over several windows. */
export interface VolatilityReadings extends FastVolatility, SlowVolatility {}

/** Both at one moment; unlike the readers' own, not a live view. */
export function volatilityReadings(fast: FastVolatility, slow: SlowVolatility): VolatilityReadings {
  // Field by field: a back-test does this for every candle, and a spread of two objects takes V8 twenty times as long.
  return {
    varianceHour: fast.varianceHour,
    varianceFourHours: fast.varianceFourHours,
    varianceDay: fast.varianceDay,
    rangeHour: fast.rangeHour,
    rangeFourHours: fast.rangeFourHours,
    rangeDay: fast.rangeDay,
    varianceWeighted: fast.varianceWeighted,
    volumeHour: fast.volumeHour,
    volumeFourHours: fast.volumeFourHours,
    volumeDay: fast.volumeDay,
    varianceWeek: slow.varianceWeek,
    rangeWeek: slow.rangeWeek,
  };
}

/** The two timeframes a volatility forecast reads. */
export const FAST_TIMEFRAME: Timeframe = '5m';
export const SLOW_TIMEFRAME: Timeframe = '1h';

const PER_HOUR = 12;
const PER_DAY = 24 * PER_HOUR;
const HOURS_PER_WEEK = 7 * 24;

// An exponential average of length n has a half-life of about n * ln(2) / 2 candles; six hours are 72 candles of 5m.
const WEIGHTED_LENGTH = Math.round((2 * 6 * PER_HOUR) / Math.LN2);

type Writable<Record> = { -readonly [Key in keyof Record]: Record[Key] };

const PARKINSON = 1 / (4 * Math.LN2);

/**
 * Advances every measure of the fast timeframe by one closed candle.
 *
 * Parkinson's estimator: M. Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", Journal of
 * Business 53 (1980). Markets that never close have no informative open, so the estimators that use it add nothing.
 */
export class FastVolatilityReader {
  #close = Number.NaN;
  readonly #varianceHour = new Sma(PER_HOUR);
  readonly #varianceFourHours = new Sma(4 * PER_HOUR);
  readonly #varianceDay = new Sma(PER_DAY);
  readonly #rangeHour = new Sma(PER_HOUR);
  readonly #rangeFourHours = new Sma(4 * PER_HOUR);
  readonly #rangeDay = new Sma(PER_DAY);
  readonly #varianceWeighted = new Ema(WEIGHTED_LENGTH);
  readonly #volumeHour = new Sma(PER_HOUR);
  readonly #volumeFourHours = new Sma(4 * PER_HOUR);
  readonly #volumeDay = new Sma(PER_DAY);
  readonly #readings: Writable<FastVolatility> = {
    varianceHour: Number.NaN,
    varianceFourHours: Number.NaN,
    varianceDay: Number.NaN,
    rangeHour: Number.NaN,
    rangeFourHours: Number.NaN,
    rangeDay: Number.NaN,
    varianceWeighted: Number.NaN,
    volumeHour: Number.NaN,
    volumeFourHours: Number.NaN,
    volumeDay: Number.NaN,
  };

  /** The measures at the newest candle: a live view. */
  get readings(): FastVolatility {
    return this.#readings;
  }

  /** Reads the candles of a series from index `from` on. */
  read(candles: CandleSeries, from = 0): void {
    for (let i = from; i < candles.length; i++) {
      this.#read(candles.high[i], candles.low[i], candles.close[i], candles.volume[i]);
    }
  }

  /** Reads one closed candle of {@link FAST_TIMEFRAME}. */
  next({ high, low, close, volume }: Pick<Candle, 'high' | 'low' | 'close' | 'volume'>): void {
    this.#read(high, low, close, volume);
  }

  #read(high: number, low: number, close: number, volume: number): void {
    const readings = this.#readings;
    const range = rangeVariance(high, low);
    readings.rangeHour = this.#rangeHour.next(range);
    readings.rangeFourHours = this.#rangeFourHours.next(range);
    readings.rangeDay = this.#rangeDay.next(range);
    readings.volumeHour = this.#volumeHour.next(volume);
    readings.volumeFourHours = this.#volumeFourHours.next(volume);
    readings.volumeDay = this.#volumeDay.next(volume);
    if (this.#close > 0) {
      const variance = squaredReturn(this.#close, close);
      readings.varianceHour = this.#varianceHour.next(variance);
      readings.varianceFourHours = this.#varianceFourHours.next(variance);
      readings.varianceDay = this.#varianceDay.next(variance);
      readings.varianceWeighted = this.#varianceWeighted.next(variance);
    }
    this.#close = close;
  }
}

/** Advances every measure of the slow timeframe by one closed candle. */
export class SlowVolatilityReader {
  #close = Number.NaN;
  readonly #varianceWeek = new Sma(HOURS_PER_WEEK);
  readonly #rangeWeek = new Sma(HOURS_PER_WEEK);
  readonly #readings: Writable<SlowVolatility> = {
    varianceWeek: Number.NaN,
    rangeWeek: Number.NaN,
  };

  /** The measures at the newest candle: a live view. */
  get readings(): SlowVolatility {
    return this.#readings;
  }

  /** Reads the candles of a series from index `from` on. */
  read(candles: CandleSeries, from = 0): void {
    for (let i = from; i < candles.length; i++) {
      this.#read(candles.high[i], candles.low[i], candles.close[i]);
    }
  }

  /** Reads one closed candle of {@link SLOW_TIMEFRAME}. */
  next({ high, low, close }: Pick<Candle, 'high' | 'low' | 'close'>): void {
    this.#read(high, low, close);
  }

  #read(high: number, low: number, close: number): void {
    const readings = this.#readings;
    readings.rangeWeek = this.#rangeWeek.next(rangeVariance(high, low)) / PER_HOUR;
    if (this.#close > 0) {
      readings.varianceWeek = this.#varianceWeek.next(squaredReturn(this.#close, close)) / PER_HOUR;
    }
    this.#close = close;
  }
}

function squaredReturn(from: number, to: number): number {
  const move = Math.log(to / from);
  return move * move;
}

function rangeVariance(high: number, low: number): number {
  const range = Math.log(high / low);
  return range * range * PARKINSON;
}
