import type { ScannerError } from '../errors.js';
import type { MarketSignal } from '../scoring/signal.js';
import type { ScanFailure, ScanReport } from './scan-report.js';
import type { SignalChange } from './signal-changes.js';

/** How far a scan is. */
export interface ScanProgress {
  /** The symbol that finished. */
  readonly symbol: string;
  /** How many of the symbols to analyse have finished. */
  readonly done: number;
  readonly total: number;
}

/** What a scanner tells those who listen, by event. */
export interface ScannerEvents {
  /** A symbol finished; the scan goes on. */
  progress: ScanProgress;
  /** A signal entered a finished report. */
  signal: MarketSignal;
  /** A symbol could not be scanned; told when the scan has finished. */
  failure: ScanFailure;
  /** A scan finished. */
  report: ScanReport;
  /** A report of `watch` says something new: a signal came, changed or expired. The same is never told twice. */
  change: SignalChange;
  /** The AI scorer failed; base scores stand. */
  aiUnavailable: ScannerError;
  /** The executor was not there; the scanner did its work in its own process. */
  executorUnavailable: ScannerError;
}
