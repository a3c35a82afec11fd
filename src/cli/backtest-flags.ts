/** What `ems backtest` can be told. */
export interface BacktestFlags {
  readonly source: string;
  readonly from?: number;
  readonly to?: number;
  readonly symbols?: readonly string[];
  readonly events: string;
}
