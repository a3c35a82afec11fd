import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { EnhancedMarketScanner } from '../../scanner/enhanced-market-scanner.js';
import type { McpScorer } from '../scorer/mcp-scorer.js';
import type { Backtester } from './backtester.js';
import { JobBoard } from './job-board.js';
import { type KeptScan, ScanShelf } from './scan-shelf.js';

/** What a scanner is served as. */
export interface ScannerServerOptions {
  readonly scanner: EnhancedMarketScanner;
  /** What a scan of the whole market asks for. @defaultValue every symbol that the scanner's settings let through */
  readonly symbols?: readonly string[] | undefined;
  /** Trades the past; without it there are no tools for that. */
  readonly backtester?: Backtester | undefined;
  /** The scanner's scorer, for what its servers say of themselves. */
  readonly aiScorer?: Pick<McpScorer, 'health'> | undefined;
  /** No answer takes longer, milliseconds: hosts give up after 60 seconds, some sooner. @defaultValue 28_000 */
  readonly answerWithinMs?: number | undefined;
  /** Told to clients. @defaultValue '0.0.0' */
  readonly version?: string | undefined;
}

/** A scanner, and what is remembered of it across connections. */
export class ServedScanner {
  readonly scanner: EnhancedMarketScanner;
  readonly backtester: Backtester | undefined;
  readonly version: string;
  readonly answerWithinMs: number;
  readonly symbols: readonly string[] | undefined;
  readonly shelf: ScanShelf = new ScanShelf();
  readonly jobs: JobBoard = new JobBoard();
  readonly #aiScorer: Pick<McpScorer, 'health'> | undefined;

  constructor(options: ScannerServerOptions) {
    const { scanner, backtester, aiScorer, answerWithinMs = 28_000, version = '0.0.0' } = options;
    this.scanner = scanner;
    this.symbols = options.symbols;
    this.backtester = backtester;
    this.answerWithinMs = answerWithinMs;
    this.version = version;
    this.#aiScorer = aiScorer;
  }

  /** Where each server of the AI scorer stands. */
  get aiServers(): readonly string[] {
    return this.#aiScorer?.health() ?? [];
  }

  /** Scans and keeps the report. @throws ScannerError `aborted`, `timeout` */
  async scan(symbols: readonly string[] | undefined, signal: AbortSignal): Promise<KeptScan> {
    const report = await this.inTime(signal, (within) =>
      this.scanner.scan({ symbols: symbols ?? this.symbols, signal: within }),
    );
    return this.shelf.keep(report, symbols === undefined);
  }

  /** Ends work that takes longer than an answer may. @throws ScannerError `timeout`, and what the work throws. */
  inTime<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const what = 'an answer';
    return withDeadline(work, { ms: this.answerWithinMs, timers: systemTimers, what, signal });
  }

  /** Ends the jobs. The scanner stays its owner's. */
  close(): Promise<void> {
    return this.jobs.close();
  }
}
