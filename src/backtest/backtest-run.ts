import type { ModelCard } from '../forecast/model-card.js';
import type { Timeframe } from '../market/timeframe.js';
import type { ScannerConfigInput } from '../scanner/config.js';
import type { Factor } from '../scoring/factor.js';
import type { TradingCosts } from './costs.js';
import type { DatedCard } from './dated-card.js';
import type { Trade } from './trade.js';

/** How the past is traded. */
export interface BacktestOptions {
  readonly config?: ScannerConfigInput | undefined;
  /** @defaultValue `defaultFactors` */
  readonly factors?: readonly Factor[] | undefined;
  readonly costs?: TradingCosts | undefined;
  /** The numbers behind every chance. @defaultValue the shipped card */
  readonly modelCard?: ModelCard | undefined;
  /** Cards by time instead, see `walkForward`; decisions begin with the first. */
  readonly cards?: readonly DatedCard[] | undefined;
  /** First moment of a decision, epoch milliseconds; what came before warms up. @defaultValue the first there can be */
  readonly from?: number | undefined;
  /** Nothing after this moment is read. @defaultValue the end of the data */
  readonly to?: number | undefined;
  /** Time between decisions. @defaultValue the longest of the symbols' shortest timeframes */
  readonly everyMs?: number | undefined;
  /** Candles between a decision and its fill, beyond the next open. @defaultValue 0 */
  readonly latencyBars?: number | undefined;
  /** Quote currency to begin with. @defaultValue 10_000 */
  readonly equity?: number | undefined;
  /** Whether signals are traded that are not expected to pay their costs. @defaultValue true */
  readonly tradeAll?: boolean | undefined;
  /** Called after each day of each symbol; awaited, so that it can let others have a turn or reject to stop. */
  readonly onProgress?: ((done: number, total: number) => void | Promise<void>) | undefined;
}

/** How the past was traded: what a reader must know to judge the figures, or to find them again. */
export interface TradingTerms {
  readonly costs: TradingCosts;
  readonly latencyBars: number;
  /** Time between decisions, and how long a position may stay open. */
  readonly everyMs: number;
  readonly horizonMs: number;
  /** Whether signals were traded that were not expected to pay their costs. */
  readonly tradeAll: boolean;
  readonly markets: readonly MarketTerms[];
  /** Which model card was used from when on; with a walk forward, each was fitted on what came before. */
  readonly cards: readonly {
    readonly from: number;
    readonly id: string;
    readonly provenShare: number;
  }[];
}

/** What one market's fills were made of. */
export interface MarketTerms {
  readonly symbol: string;
  /** A side, in basis points. */
  readonly takerFeeBps: number;
  /** Whether holding it costs funding, as a perpetual does. */
  readonly paysFunding: boolean;
  readonly baseTimeframe: Timeframe;
  /** Shorter candles that told which of two levels came first; absent without. */
  readonly finerTimeframe?: Timeframe | undefined;
}

/** What trading the past brought, before any statistics. */
export interface BacktestRun {
  readonly from: number;
  readonly to: number;
  readonly symbols: readonly string[];
  readonly terms: TradingTerms;
  /** Decisions taken: moments at which a symbol was scored. */
  readonly decisions: number;
  /** Signals among them, whether or not there was room for them. */
  readonly signals: number;
  /** Signals that were expected to pay their costs. */
  readonly tradeable: number;
  /** In the order they ended. */
  readonly trades: readonly Trade[];
  readonly startEquity: number;
  /** Ends of the UTC days and, where it lies within one, of the run; and equity then, marked to market. */
  readonly days: Float64Array;
  readonly equity: Float64Array;
  /** Largest fall from a peak, as a fraction of it, open positions taken at the worst price of each base candle. */
  readonly maxDrawdown: number;
  /** Mean notional of what was open, as a multiple of equity. */
  readonly exposure: number;
}
