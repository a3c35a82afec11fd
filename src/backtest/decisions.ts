import { Atr } from '../analysis/indicators/atr.js';
import { Sma } from '../analysis/indicators/sma.js';
import { TimeframeReader } from '../analysis/timeframe-reader.js';
import { DIRECTION_FEATURES, directionFeatures } from '../forecast/direction-tilt.js';
import { VOLATILITY_FEATURES, volatilityFeatures } from '../forecast/volatility-features.js';
import { FastVolatilityReader, SlowVolatilityReader } from '../forecast/volatility-reader.js';
import type { Candle, CandleSeries } from '../market/candle-series.js';
import { isRedenominated } from './redenomination.js';

/** One symbol's history as forecasts are fitted on. */
export interface SymbolHistory {
  readonly symbol: string;
  /** The finest candles there are, and how long one lasts; outcomes are read from them. */
  readonly base: CandleSeries;
  readonly baseMs: number;
  /** Candles of the two timeframes that a volatility forecast reads. */
  readonly fast: CandleSeries;
  readonly slow: CandleSeries;
}

/** What was known at one moment. */
export interface Decision {
  readonly history: SymbolHistory;
  /** Epoch milliseconds; every candle read was closed by then. */
  readonly time: number;
  readonly price: number;
  readonly features: Float64Array;
  /** Log variance of one fast candle over the past week, see `volatilityFeatures`. */
  readonly week: number;
  /** What an opinion on direction reads, see `directionFeatures`; `NaN` while warming up. */
  readonly direction: Float64Array;
  /** Average true range of the slow candles, as a fraction of price. */
  readonly atr: number;
  /**
   * Variance of the base closes over that of the fast closes, over the past day: prices that jump to and fro between bid and
   * ask vary more the finer one looks. 1 where the base candles are the fast ones, or these
   * stood still.
   */
  readonly baseVarianceRatio: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const FAST_MS = 300_000;
const FAST_PER_DAY = DAY_MS / FAST_MS;

/** What makes a stretch of candles fit to decide on. */
export interface DecisionRules {
  /**
   * Largest share of a day's fast candles that may be missing.
   * @defaultValue 0.05
   */
  readonly mostMissing?: number | undefined;
}

/** One decision an hour, from the first at which every reading is warm; none for a week after a redenomination. */
export function* hourlyDecisions(
  history: SymbolHistory,
  { mostMissing = 0.05 }: DecisionRules = {},
): IterableIterator<Decision> {
  const { fast, slow } = history;
  const fastReader = new FastVolatilityReader();
  const slowReader = new SlowVolatilityReader();
  const fastIndicators = new TimeframeReader();
  const slowIndicators = new TimeframeReader();
  const baseVariance = new BaseVariance(history);
  const soundness = new Soundness(fast, mostMissing);
  const atr = new Atr();
  let slowRead = 0;
  let range = Number.NaN;
  for (let i = 0; i < fast.length; i++) {
    const time = fast.time[i] + FAST_MS;
    const isSound = soundness.next();
    const newest = fast.at(i) as Candle;
    fastReader.next(newest);
    fastIndicators.next(newest);
    while (slowRead < slow.length && slow.time[slowRead] + HOUR_MS <= time) {
      const candle = slow.at(slowRead++) as Candle;
      slowReader.next(candle);
      slowIndicators.next(candle);
      range = atr.next(candle);
    }
    if (time % HOUR_MS !== 0 || !isSound) continue;
    const features = new Float64Array(VOLATILITY_FEATURES.length);
    const week = volatilityFeatures(
      { ...fastReader.readings, ...slowReader.readings },
      time,
      features,
    );
    if (Number.isNaN(week + range + features[2])) continue;
    const direction = new Float64Array(DIRECTION_FEATURES.length);
    directionFeatures(fastIndicators.readings, slowIndicators.readings, direction);
    const price = newest.close;
    const baseSum = baseVariance.sumAt(time);
    const fastSum = fastReader.readings.varianceDay * FAST_PER_DAY;
    const baseVarianceRatio = fastSum > 0 ? baseSum / fastSum : 1;
    const known = { history, time, price, features, week, direction, baseVarianceRatio };
    yield { ...known, atr: range / price };
  }
}

/** Whether the newest candles are whole and of one denomination, candle by candle. */
class Soundness {
  readonly #candles: CandleSeries;
  readonly #longestDay: number;
  #next = 0;
  #distrustedUntil = 0;

  constructor(candles: CandleSeries, mostMissing: number) {
    this.#candles = candles;
    this.#longestDay = (1 + mostMissing) * DAY_MS;
  }

  next(): boolean {
    const { time, close } = this.#candles;
    const i = this.#next++;
    if (i > 0 && isRedenominated(close[i - 1], close[i])) this.#distrustedUntil = time[i] + WEEK_MS;
    const isOneDenomination = time[i] >= this.#distrustedUntil;
    return (
      isOneDenomination && i >= FAST_PER_DAY && time[i] - time[i - FAST_PER_DAY] <= this.#longestDay
    );
  }
}

/** Sum of squared log returns of the base closes over a trailing day's worth of candles. */
class BaseVariance {
  readonly #history: SymbolHistory;
  readonly #perDay: number;
  readonly #mean: Sma;
  #value = Number.NaN;
  #read = 1;

  constructor(history: SymbolHistory) {
    this.#history = history;
    this.#perDay = DAY_MS / history.baseMs;
    this.#mean = new Sma(this.#perDay);
  }

  /** Reads what closed by `time`. */
  sumAt(time: number): number {
    const { base, baseMs } = this.#history;
    while (this.#read < base.length && base.time[this.#read] + baseMs <= time) {
      const move = Math.log(base.close[this.#read] / base.close[this.#read - 1]);
      this.#value = this.#mean.next(move * move) * this.#perDay;
      this.#read++;
    }
    return this.#value;
  }
}
