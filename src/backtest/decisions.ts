import { Atr } from '../analysis/indicators/atr.js';
import { TimeframeReader } from '../analysis/timeframe-reader.js';
import { DIRECTION_FEATURES, directionFeatures } from '../forecast/direction-tilt.js';
import { VOLATILITY_FEATURES, volatilityFeatures } from '../forecast/volatility-features.js';
import { FastVolatilityReader, SlowVolatilityReader } from '../forecast/volatility-reader.js';
import type { Candle, CandleSeries } from '../market/candle-series.js';

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
}

const HOUR_MS = 3_600_000;
const FAST_MS = 300_000;

/** A day of fast candles may lack this many before what follows is no longer comparable. */
const MOST_MISSING_PER_DAY = 14;

/** One decision an hour, from the first at which every reading is warm. */
export function* hourlyDecisions(history: SymbolHistory): IterableIterator<Decision> {
  const { fast, slow } = history;
  const fastReader = new FastVolatilityReader();
  const slowReader = new SlowVolatilityReader();
  const fastIndicators = new TimeframeReader();
  const slowIndicators = new TimeframeReader();
  const atr = new Atr();
  let slowRead = 0;
  let range = Number.NaN;
  for (let i = 0; i < fast.length; i++) {
    const time = fast.time[i] + FAST_MS;
    const newest = fast.at(i) as Candle;
    fastReader.next(newest);
    fastIndicators.next(newest);
    while (slowRead < slow.length && slow.time[slowRead] + HOUR_MS <= time) {
      const candle = slow.at(slowRead++) as Candle;
      slowReader.next(candle);
      slowIndicators.next(candle);
      range = atr.next(candle);
    }
    if (time % HOUR_MS !== 0 || isTorn(fast, i)) continue;
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
    yield { history, time, price, features, week, direction, atr: range / price };
  }
}

function isTorn(fast: CandleSeries, i: number): boolean {
  const day = 288;
  if (i < day) return true;
  return fast.time[i] - fast.time[i - day] > (day + MOST_MISSING_PER_DAY) * FAST_MS;
}
