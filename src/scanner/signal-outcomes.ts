import { wilsonInterval } from '../forecast/wilson-interval.js';
import type { CandleSeries } from '../market/candle-series.js';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { MarketSignal } from '../scoring/signal.js';

/** How the chances that signals gave compare with what became of them. */
export interface CalibrationReading {
  /** Signals whose horizon is over and whose candles were there. */
  readonly count: number;
  /** Mean chance they gave of reaching the target first; 0 without any. */
  readonly predicted: number;
  /** Share that reached it; 0 without any. */
  readonly realized: number;
  /**
   * By what fraction reality falls short of the promise at the very least: the upper end of the realised share's 95% interval
   * against `predicted`. 0 while chance alone explains the difference.
   */
  readonly shortfall: number;
}

interface Outcome {
  readonly predicted: number;
  readonly won: boolean;
}

/** Most signals waited for, and most outcomes remembered. */
const MOST_OPEN = 500;
const MOST_OUTCOMES = 200;

/**
 * Follows signals that gave a chance until their horizon is over, one per symbol at a time: the signals of two scans in a row are
 * one bet, not two.
 */
export class SignalOutcomes {
  readonly #open = new Map<string, MarketSignal>();
  #outcomes: readonly Outcome[] = [];

  /** How many signals are being followed. */
  get open(): number {
    return this.#open.size;
  }

  follow(signals: readonly MarketSignal[]): void {
    for (const signal of signals) {
      if (signal.winProbability === undefined || this.#open.has(signal.symbol)) continue;
      if (this.#open.size < MOST_OPEN) this.#open.set(signal.symbol, signal);
    }
  }

  /** The signals whose horizon is over at `asOf`; each must then be resolved. */
  due(asOf: number): readonly MarketSignal[] {
    return [...this.#open.values()].filter((signal) => endOf(signal) <= asOf);
  }

  /** Ends the following of a signal. Without candles that cover its horizon it counts for nothing. */
  resolve(signal: MarketSignal, candles: ReadonlyMap<Timeframe, CandleSeries>): void {
    this.#open.delete(signal.symbol);
    const won = reachedTarget(signal, candles);
    if (won === undefined || signal.winProbability === undefined) return;
    const { value: predicted } = signal.winProbability;
    this.#outcomes = [...this.#outcomes, { predicted, won }].slice(-MOST_OUTCOMES);
  }

  read(): CalibrationReading {
    const count = this.#outcomes.length;
    if (count === 0) return { count, predicted: 0, realized: 0, shortfall: 0 };
    const wins = this.#outcomes.filter(({ won }) => won).length;
    const predicted = this.#outcomes.reduce((sum, each) => sum + each.predicted, 0) / count;
    const [, high] = wilsonInterval(wins, count);
    const shortfall = predicted > 0 ? Math.max(0, 1 - high / predicted) : 0;
    return { count, predicted, realized: wins / count, shortfall };
  }
}

function endOf({ timestamp, winProbability }: MarketSignal): number {
  return timestamp + (winProbability?.horizonMs ?? 0);
}

/** Whether the target came before the stop, by the finest candles that hold the whole horizon. */
function reachedTarget(
  signal: MarketSignal,
  candles: ReadonlyMap<Timeframe, CandleSeries>,
): boolean | undefined {
  for (const timeframe of TIMEFRAMES) {
    const series = candles.get(timeframe);
    // The last candle that closes within the horizon.
    const last = endOf(signal) - timeframeMs(timeframe);
    if (series === undefined || series.length === 0) continue;
    const isWhole = series.time[0] <= signal.timestamp && series.time[series.length - 1] >= last;
    if (isWhole) return winsWithin(series, series.indexAt(signal.timestamp), last, signal);
  }
  return undefined;
}

/** A candle that reaches both counts as the stop: nobody can know better. */
function winsWithin(
  { time, high, low, length }: CandleSeries,
  from: number,
  last: number,
  { direction, stopLoss, takeProfit }: MarketSignal,
): boolean {
  const isLong = direction === 'long';
  for (let i = from; i < length && time[i] <= last; i++) {
    if (isLong ? low[i] <= stopLoss : high[i] >= stopLoss) return false;
    if (isLong ? high[i] >= takeProfit : low[i] <= takeProfit) return true;
  }
  return false;
}
