import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import type { ModelCard } from '../forecast/model-card.js';
import {
  FAST_TIMEFRAME,
  SLOW_TIMEFRAME,
  type VolatilityReadings,
  volatilityReadings,
} from '../forecast/volatility-reader.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { Continuity } from '../scoring/continuity.js';
import type { Factor } from '../scoring/factor.js';
import type { ScoringInput } from '../scoring/judgement.js';
import type { ScannerConfig } from './config.js';
import type { MarketData } from './market-data.js';
import { sourceQuality } from './quality.js';
import type { ReadWindow } from './read-window.js';
import type { Candidate } from './universe.js';

/** What every symbol is scored with. */
export interface ScoredWith {
  readonly config: ScannerConfig;
  readonly factors: readonly Factor[];
  /** @defaultValue the shipped card */
  readonly modelCard?: ModelCard | undefined;
}

/**
 * Makes what was fetched of one symbol ready to be scored.
 *
 * @param windows - What was read of its candles, up to date.
 * @throws ScannerError `bad_data` when the ticker is not of the time it claims.
 */
export function scoringInputOf(
  { market, ticker }: Candidate,
  data: MarketData,
  windows: ReadonlyMap<Timeframe, ReadWindow>,
  { config, factors, modelCard }: ScoredWith,
  asOf: number,
): ScoringInput {
  const { planTimeframe, timeframes } = config;
  // A window may be kept of a timeframe whose candles did not come this time.
  const windowOf = (timeframe: Timeframe): ReadWindow | undefined =>
    data.candles.has(timeframe) ? windows.get(timeframe) : undefined;
  const readings = new Map<Timeframe, TimeframeReadings>();
  const continuity = new Map<Timeframe, Continuity>();
  let timestamp = 0;
  for (const timeframe of data.candles.keys()) {
    const window = windows.get(timeframe);
    if (window === undefined) continue;
    readings.set(timeframe, window.readings);
    continuity.set(timeframe, window.continuity);
    timestamp = Math.max(timestamp, window.readings.time + timeframeMs(timeframe));
  }
  const planCandles = data.candles.get(planTimeframe);
  const planWindow = windowOf(planTimeframe);
  return {
    snapshot: {
      market,
      ticker,
      time: asOf,
      candles: data.candles,
      readings,
      volumeProfile: planCandles && planWindow?.volumeProfile(planCandles),
      regime: planCandles && planWindow?.regime(planCandles),
      volatility: volatilityOf(windowOf),
      orderBook: data.orderBook,
      trades: data.trades,
    },
    timestamp,
    timeframes,
    factors,
    settings: config,
    modelCard,
    quality: sourceQuality(ticker, planCandles, planTimeframe, asOf),
    continuity,
  };
}

function volatilityOf(
  windowOf: (timeframe: Timeframe) => ReadWindow | undefined,
): VolatilityReadings | undefined {
  const fast = windowOf(FAST_TIMEFRAME)?.fastVolatility;
  const slow = windowOf(SLOW_TIMEFRAME)?.slowVolatility;
  return fast && slow && volatilityReadings(fast, slow);
}
