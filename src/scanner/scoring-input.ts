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
import type { Candidate } from './universe.js';
import { type ReadWindow, windowFor } from './warm-windows.js';
import { candleWindow } from './window.js';

/** What every symbol is scored with. */
export interface ScoredWith {
  readonly config: ScannerConfig;
  readonly factors: readonly Factor[];
  /** @defaultValue the shipped card */
  readonly modelCard?: ModelCard | undefined;
}

/**
 * Reads what was fetched of one symbol, and makes it ready to be scored.
 *
 * @param windows - What was read of the symbol before; brought up to date.
 * @throws ScannerError `bad_data` when a candle or the ticker is not of the time it claims.
 */
export function scoringInputOf(
  { market, ticker }: Candidate,
  data: MarketData,
  windows: Map<Timeframe, ReadWindow>,
  { config, factors, modelCard }: ScoredWith,
  asOf: number,
): ScoringInput {
  const { planTimeframe, candleLimit, timeframes } = config;
  const readings = new Map<Timeframe, TimeframeReadings>();
  const continuity = new Map<Timeframe, Continuity>();
  let timestamp = 0;
  for (const [timeframe, candles] of data.candles) {
    const { from } = candleWindow(timeframe, candleLimit, asOf);
    const window = windowFor(windows, timeframe, from, candles);
    const reading = window.read(candles);
    readings.set(timeframe, reading);
    continuity.set(timeframe, window.continuity);
    timestamp = Math.max(timestamp, reading.time + timeframeMs(timeframe));
  }
  const planCandles = data.candles.get(planTimeframe);
  const planWindow = planCandles && windows.get(planTimeframe);
  return {
    snapshot: {
      market,
      ticker,
      time: asOf,
      candles: data.candles,
      readings,
      volumeProfile: planCandles && planWindow?.volumeProfile(planCandles),
      regime: planCandles && planWindow?.regime(planCandles),
      volatility: volatilityOf(windows),
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

function volatilityOf(windows: Map<Timeframe, ReadWindow>): VolatilityReadings | undefined {
  const fast = windows.get(FAST_TIMEFRAME)?.fastVolatility;
  const slow = windows.get(SLOW_TIMEFRAME)?.slowVolatility;
  return fast && slow && volatilityReadings(fast, slow);
}
