import { Ema } from '../analysis/indicators/ema.js';
import { Sma } from '../analysis/indicators/sma.js';
import type { Candle } from '../market/candle-series.js';
import type { Timeframe } from '../market/timeframe.js';

/** Past volatility of one symbol: mean variance of one candle's log return over several windows; `NaN` while warming up. */
export interface VolatilityReadings {
  /** Mean squared log return of one fast candle over the newest hour, four hours and day. */
  readonly varianceHour: number;
  readonly varianceFourHours: number;
  readonly varianceDay: number;
  /** The same by Parkinson's range estimator, which sees the path within a candle. */
  readonly rangeHour: number;
  readonly rangeFourHours: number;
  readonly rangeDay: number;
  /** Exponentially weighted mean squared return, half-life six hours. */
  readonly varianceWeighted: number;
  /** Mean volume of one fast candle. */
  readonly volumeHour: number;
  readonly volumeFourHours: number;
  readonly volumeDay: number;
  /** Mean variance of one fast candle over the newest week, from slow candles. */
  readonly varianceWeek: number;
  readonly rangeWeek: number;
}

/** The two timeframes a volatility forecast reads. */
export const FAST_TIMEFRAME: Timeframe = '5m';
export const SLOW_TIMEFRAME: Timeframe = '1h';

const PER_HOUR = 12;
const PER_DAY = 24 * PER_HOUR;
const HOURS_PER_WEEK = 7 * 24;

// An exponential average of length n has a half-life of about n * ln(2) / 2 candles; six hours are 72 candles of 5m.
const WEIGHTED_LENGTH = Math.round((2 * 6 * PER_HOUR) / Math.LN2);

const PARKINSON = 1 / (4 * Math.LN2);

/**
 * Advances every volatility measure of one symbol by one closed candle of either timeframe.
 *
 * Parkinson's estimator: M. Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", Journal of
 * Business 53 (1980). Markets that never close have no informative open, so the estimators that use it add nothing.
 */
export class VolatilityReader implements VolatilityReadings {
  varianceHour: number = Number.NaN;
  varianceFourHours: number = Number.NaN;
  varianceDay: number = Number.NaN;
  rangeHour: number = Number.NaN;
  rangeFourHours: number = Number.NaN;
  rangeDay: number = Number.NaN;
  varianceWeighted: number = Number.NaN;
  volumeHour: number = Number.NaN;
  volumeFourHours: number = Number.NaN;
  volumeDay: number = Number.NaN;
  varianceWeek: number = Number.NaN;
  rangeWeek: number = Number.NaN;

  #fastClose = Number.NaN;
  #slowClose = Number.NaN;
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
  readonly #varianceWeek = new Sma(HOURS_PER_WEEK);
  readonly #rangeWeek = new Sma(HOURS_PER_WEEK);

  /** Reads one closed candle of {@link FAST_TIMEFRAME}. */
  nextFast({ high, low, close, volume }: Pick<Candle, 'high' | 'low' | 'close' | 'volume'>): void {
    const range = rangeVariance(high, low);
    this.rangeHour = this.#rangeHour.next(range);
    this.rangeFourHours = this.#rangeFourHours.next(range);
    this.rangeDay = this.#rangeDay.next(range);
    this.volumeHour = this.#volumeHour.next(volume);
    this.volumeFourHours = this.#volumeFourHours.next(volume);
    this.volumeDay = this.#volumeDay.next(volume);
    if (this.#fastClose > 0) {
      const variance = squaredReturn(this.#fastClose, close);
      this.varianceHour = this.#varianceHour.next(variance);
      this.varianceFourHours = this.#varianceFourHours.next(variance);
      this.varianceDay = this.#varianceDay.next(variance);
      this.varianceWeighted = this.#varianceWeighted.next(variance);
    }
    this.#fastClose = close;
  }

  /** Reads one closed candle of {@link SLOW_TIMEFRAME}. */
  nextSlow({ high, low, close }: Pick<Candle, 'high' | 'low' | 'close'>): void {
    this.rangeWeek = this.#rangeWeek.next(rangeVariance(high, low)) / PER_HOUR;
    if (this.#slowClose > 0) {
      this.varianceWeek = this.#varianceWeek.next(squaredReturn(this.#slowClose, close)) / PER_HOUR;
    }
    this.#slowClose = close;
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
