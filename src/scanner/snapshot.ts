import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import {
  FAST_TIMEFRAME,
  SLOW_TIMEFRAME,
  type VolatilityReadings,
} from '../forecast/volatility-reader.js';
import { type Timeframe, timeframeMs } from '../market/timeframe.js';
import type { Continuity } from '../scoring/continuity.js';
import type { QualityCode } from '../scoring/signal.js';
import type { PartialSnapshot } from '../scoring/voices.js';
import type { ScannerConfig } from './config.js';
import type { MarketData } from './market-data.js';
import { sourceQuality } from './quality.js';
import type { Candidate } from './universe.js';
import { type ReadWindow, windowFor } from './warm-windows.js';
import { candleWindow } from './window.js';

/** One symbol at one moment, ready to be scored. */
export interface ReadySnapshot {
  readonly snapshot: PartialSnapshot;
  /** The close of the newest candle in it, epoch milliseconds. */
  readonly timestamp: number;
  /** What is wrong with the source's answers taken together. */
  readonly quality: readonly QualityCode[];
  /** How whole the candles of each timeframe are. */
  readonly continuity: ReadonlyMap<Timeframe, Continuity>;
}

/**
 * Reads what was fetched of one symbol.
 *
 * @param windows - What was read of the symbol before; brought up to date.
 * @throws ScannerError `bad_data` when a candle or the ticker is not of the time it claims.
 */
export function takeSnapshot(
  { market, ticker }: Candidate,
  data: MarketData,
  windows: Map<Timeframe, ReadWindow>,
  config: ScannerConfig,
  asOf: number,
): ReadySnapshot {
  const { planTimeframe, candleLimit } = config;
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
    quality: sourceQuality(ticker, planCandles, planTimeframe, asOf),
    continuity,
  };
}

function volatilityOf(windows: Map<Timeframe, ReadWindow>): VolatilityReadings | undefined {
  const fast = windows.get(FAST_TIMEFRAME)?.fastVolatility;
  const slow = windows.get(SLOW_TIMEFRAME)?.slowVolatility;
  return fast && slow && { ...fast, ...slow };
}
