import type { Timeframe } from '../market/timeframe.js';

/** What `ems backtest` can be told. */
export interface BacktestFlags {
  readonly source: string;
  readonly from?: number;
  readonly to?: number;
  readonly symbols?: readonly string[];
  readonly base?: Timeframe;
  readonly finer?: string;
  readonly card?: string;
  readonly walkForward?: number;
  readonly decisions: number;
  readonly config?: string;
  readonly every?: number;
  readonly equity?: number;
  readonly tradeable?: true;
  readonly fees?: number;
  readonly halfSpread: number;
  readonly slippage: number;
  readonly funding: number;
  readonly latency: number;
  readonly seed: number;
  readonly threads: number;
  readonly trials: string;
  readonly trades?: string;
  readonly html?: string;
  readonly json?: true;
  readonly events?: string;
}
