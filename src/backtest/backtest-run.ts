import type { ModelCard } from '../forecast/model-card.js';
import type { ScannerConfigInput } from '../scanner/config.js';
import type { Factor } from '../scoring/factor.js';
import type { TradingCosts } from './costs.js';
import type { Trade } from './trade.js';

/** How the past is traded. */
export interface BacktestOptions {
  readonly config?: ScannerConfigInput | undefined;
  /** @defaultValue `defaultFactors` */
  readonly factors?: readonly Factor[] | undefined;
  readonly costs?: TradingCosts | undefined;
  /** The numbers behind every chance. @defaultValue the shipped card */
  readonly modelCard?: ModelCard | undefined;
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
  /** Called after each day, with its end; awaited, so that it can let others have a turn or reject to stop. */
  readonly onDay?: ((time: number, from: number, to: number) => void | Promise<void>) | undefined;
}

/** What trading the past brought, before any statistics. */
export interface BacktestRun {
  readonly from: number;
  readonly to: number;
  readonly symbols: readonly string[];
  /** Decisions taken: moments at which a symbol was scored. */
  readonly decisions: number;
  /** Signals among them, whether or not there was room for them. */
  readonly signals: number;
  /** Signals that were expected to pay their costs. */
  readonly tradeable: number;
  /** In the order they ended. */
  readonly trades: readonly Trade[];
  readonly startEquity: number;
  /** At the end of each UTC day, marked to market, after the day's first in `days`. */
  readonly days: Float64Array;
  readonly equity: Float64Array;
  /** Largest fall from a peak, as a fraction of it, open positions taken at the worst price of each base candle. */
  readonly maxDrawdown: number;
  /** Mean notional of what was open, as a multiple of equity. */
  readonly exposure: number;
}
