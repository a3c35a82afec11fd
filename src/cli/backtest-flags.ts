/** What `ems backtest` can be told. */
export interface BacktestFlags {
  readonly source: string;
  readonly from?: number;
  readonly to?: number;
  readonly symbols?: readonly string[];
  readonly config?: string;
  readonly card?: string;
  readonly every?: number;
  readonly equity?: number;
  readonly tradeable?: true;
  readonly seed: number;
  readonly trials: string;
  readonly html?: string;
  readonly json?: true;
  readonly events?: string;
}
