import type { BacktestReport } from '../backtest/backtest-report.js';
import type { ScannerErrorCode } from '../errors.js';
import type { ModelCard } from '../forecast/model-card.js';
import type { BacktestRequest } from '../mcp/scanner-server/backtester.js';
import type { ScannerConfigInput } from '../scanner/config.js';

/** The market a thread trades the past of. */
export interface BacktestSetup {
  readonly source: string;
  readonly baseUrl: string | undefined;
  /** The source's present, epoch milliseconds, where it was put somewhere. */
  readonly at: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: ScannerConfigInput;
  readonly modelCard: ModelCard | undefined;
}

/** What a thread is started with. */
export interface BacktestJob {
  readonly setup: BacktestSetup;
  readonly request: BacktestRequest;
}

/** What a thread tells. */
export type BacktestMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'report'; readonly report: BacktestReport }
  | { readonly kind: 'error'; readonly code: ScannerErrorCode; readonly message: string };
