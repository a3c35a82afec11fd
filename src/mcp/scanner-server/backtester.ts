import type { BacktestReport } from '../../backtest/backtest-report.js';

/** Which past is traded, and at what costs. */
export interface BacktestRequest {
  readonly symbols: readonly string[];
  /** Epoch milliseconds; the last 30 days unless told. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Taker fee of every market, instead of its own. */
  readonly feesBps?: number | undefined;
  /** What a market order loses beyond the touch on each side. */
  readonly slippageBps?: number | undefined;
}

/** What a back-test is run with. */
export interface BacktestRunOptions {
  /** Stops it. */
  readonly signal: AbortSignal;
  /** Takes the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Trades the past for assistants. One that computes for long does so elsewhere: the server's own thread answers others meanwhile. */
export interface Backtester {
  /** @throws ScannerError `insufficient_data` where there is no such past, `unknown_symbol`, `aborted`. */
  run(request: BacktestRequest, options: BacktestRunOptions): Promise<BacktestReport>;
}
