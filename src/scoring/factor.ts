import type { RegimeReading } from '../analysis/regime/regime-reading.js';
import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import type { VolumeProfile } from '../analysis/volume-profile/volume-profile.js';
import type { VolatilityReadings } from '../forecast/volatility-reader.js';
import type { CandleSeries } from '../market/candle-series.js';
import type { Market } from '../market/market.js';
import type { OrderBook } from '../market/order-book.js';
import type { Ticker } from '../market/ticker.js';
import type { Timeframe } from '../market/timeframe.js';
import type { TradeSeries } from '../market/trade-series.js';

/** Everything known about one symbol at one moment. */
export interface MarketSnapshot {
  readonly market: Market;
  /** The moment the snapshot speaks of, epoch milliseconds; nothing in it is later. */
  readonly time: number;
  readonly ticker: Ticker;
  /** Closed candles of each configured timeframe that has any. */
  readonly candles: ReadonlyMap<Timeframe, CandleSeries>;
  /** The indicators of each timeframe at its newest closed candle, computed once for all factors. */
  readonly readings: ReadonlyMap<Timeframe, TimeframeReadings>;
  /** Volume by price over the candles of the plan timeframe; its prices are in quote currency. */
  readonly volumeProfile: VolumeProfile;
  /** Market phase and regime of the plan timeframe. */
  readonly regime: RegimeReading;
  /** Past volatility, as forecasts read it; there when both timeframes of a forecast are scanned. */
  readonly volatility: VolatilityReadings;
  readonly orderBook: OrderBook;
  readonly trades: TradeSeries;
}

/** Data that is fetched or computed only when a factor asks for it. */
export type DataNeed =
  | 'candles'
  | 'readings'
  | 'volumeProfile'
  | 'regime'
  | 'volatility'
  | 'orderBook'
  | 'trades';

/** Every need there is. */
export const DATA_NEEDS: readonly DataNeed[] = [
  'candles',
  'readings',
  'volumeProfile',
  'regime',
  'volatility',
  'orderBook',
  'trades',
];

/** The part of a snapshot that a factor with these needs sees. */
export type FactorInput<Need extends DataNeed> = Pick<
  MarketSnapshot,
  Need | 'market' | 'time' | 'ticker'
> & {
  /** The timeframes that were asked for, shortest first, whether or not there are candles of them. */
  readonly timeframes: readonly Timeframe[];
  /** The timeframe of stops, targets, market phase and volume profile. */
  readonly planTimeframe: Timeframe;
};

/** One sentence for a human, or how to say it: a function is called only when somebody will read the sentence. */
export type Reason = string | (() => string);

/** The sentence of a {@link Reason}. */
export function sentence(reason: Reason): string {
  return typeof reason === 'function' ? reason() : reason;
}

/** What one factor says about one market. */
export interface FactorReading {
  /** -1 bearish to +1 bullish. */
  readonly bias: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** Why, in one sentence. A back-test takes thousands of decisions nobody reads: prefer a function. */
  readonly reason: Reason;
  /**
   * Share of the evidence the factor asks for that was there, 0 to 1: a trend read on four of five timeframes has 0.8.
   * @defaultValue 1
   */
  readonly coverage?: number | undefined;
}

/** One voice in the score; chances, and with them whether a signal is tradeable, are the forecast's alone. */
export interface Factor<Need extends DataNeed = DataNeed> {
  readonly id: string;
  readonly needs: readonly Need[];
  /** Above 0; its share of the sum of weights is its say. */
  readonly weight: number;
  /** Reads a market; `undefined` abstains. Pure: no clock, no network, no randomness. */
  evaluate(input: FactorInput<Need>): FactorReading | undefined;
}

/**
 * Names a factor so that `evaluate` sees exactly the data it declared in `needs`.
 *
 * @example
 * ```ts
 * import { defineFactor } from 'enhanced-market-scanner';
 *
 * const turnover = defineFactor({
 *   id: 'turnover',
 *   needs: [],
 *   weight: 0.1,
 *   evaluate({ ticker }) {
 *     if (ticker.change24h === undefined) return undefined;
 *     const bias = Math.tanh(ticker.change24h * 10);
 *     return { bias, confidence: 0.5, reason: () => `a day's move of ${ticker.change24h}` };
 *   },
 * });
 * ```
 */
export function defineFactor<const Need extends DataNeed>(factor: Factor<Need>): Factor<Need> {
  return factor;
}
