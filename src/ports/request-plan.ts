import type { Timeframe } from '../market/timeframe.js';
import type { Charge } from './charge.js';

/** A kind of question, and how often a scan asks it. */
export interface PlannedQuestion {
  readonly kind: 'time' | 'markets' | 'tickers' | 'candles' | 'orderBook' | 'trades';
  /** How often it is asked: of a question about one symbol, how many symbols there are. */
  readonly times: number;
  /** Candles, levels or trades asked for. */
  readonly rows?: number;
  /** Of candles, their timeframe. */
  readonly timeframe?: Timeframe;
}

/** Whether a plan is for a source that was never asked before, or for one that was asked the same a moment ago. */
export type PlannedPass = 'first' | 'repeated';

/** The requests that questions become. */
export interface PlannedRequests {
  readonly kind: PlannedQuestion['kind'];
  readonly requests: number;
  /** What all of them together draw on. */
  readonly charges: readonly Charge[];
}
