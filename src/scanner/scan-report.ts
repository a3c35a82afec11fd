import type { ScannerError } from '../errors.js';
import type { Rejection } from '../scoring/rejection.js';
import type { MarketSignal } from '../scoring/signal.js';
import type { Workload } from './workload.js';

/** A symbol that could not be scanned, and why. */
export interface ScanFailure {
  readonly symbol: string;
  readonly error: ScannerError;
}

/** How many symbols were left after a rule. */
export interface FunnelStage {
  readonly rule: string;
  readonly remaining: number;
}

/**
 * What one scan found. Every symbol that was asked for is in exactly one of `signals`, `rejections` and `failures`.
 *
 * It is plain data without `NaN` or infinity, and but for `startedAt` and `durationMs` a function of the data at `asOf` and the
 * settings.
 */
export interface ScanReport {
  /** When the scan began, epoch milliseconds. */
  readonly startedAt: number;
  /** The moment the report speaks of, epoch milliseconds: candles that closed later were not used. */
  readonly asOf: number;
  readonly durationMs: number;
  /** How many symbols were analysed: neither kept back by a rule of the universe nor failed. */
  readonly scanned: number;
  /** Best score first; ties by symbol. */
  readonly signals: readonly MarketSignal[];
  /** In the order of the funnel's rules, then by symbol. */
  readonly rejections: readonly Rejection[];
  /** How many symbols each rule let through, in order. */
  readonly funnel: readonly FunnelStage[];
  /** By symbol. */
  readonly failures: readonly ScanFailure[];
  /**
   * Whether every symbol that was asked for is in exactly one of `signals`, `rejections` and `failures`; a symbol that failed is
   * accounted for. `false` when the source could not say what there is to scan.
   */
  readonly complete: boolean;
  /** Why nothing could be scanned: the source gave no markets or no tickers. `undefined` as a rule. */
  readonly error: ScannerError | undefined;
  /**
   * Whether an AI scorer had its say: `silent` when it answered without an opinion on any candidate, `absent` without a scorer or a
   * signal to ask about.
   */
  readonly ai: 'applied' | 'silent' | 'unavailable' | 'absent';
  /** Why the executor was not there, so that this process did its work; the results are the same. `undefined` as a rule. */
  readonly fallback?: ScannerError | undefined;
  /** What the scan took on at once, where that was not what is configured; other depths make other scores. `undefined` as a rule. */
  readonly workload?: Workload | undefined;
}
