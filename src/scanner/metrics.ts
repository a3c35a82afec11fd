import { meanScore } from './health.js';
import type { ScanReport } from './scan-report.js';

/**
 * What a scanner has done since it was made. Means are over scans.
 *
 * Memory and processor time belong to the process, not to the scanner, and are measured by the one who owns the process.
 */
export interface ScannerMetrics {
  /** Scans that ended in a report. */
  readonly scans: number;
  /** Symbols analysed, over all scans. */
  readonly symbolsScanned: number;
  /** Signals reported, over all scans. */
  readonly signals: number;
  /** Symbols that failed, over all scans. */
  readonly failures: number;
  /** Failed symbols over worked-on symbols, 0 to 1; 0 before the first. */
  readonly errorRate: number;
  /** The rest of {@link ScannerMetrics.errorRate}; 0 before the first symbol. */
  readonly successRate: number;
  readonly meanScanMs: number;
  readonly lastScanMs: number;
  /** Signals over the time spent scanning. */
  readonly signalsPerMinute: number;
  /** Mean score of a scan's signals, over the scans that had any. */
  readonly meanScore: number;
}

const MINUTE_MS = 60_000;

/** Adds reports up. */
export class MetricsCounter {
  #scans = 0;
  #symbolsScanned = 0;
  #signals = 0;
  #failures = 0;
  #totalMs = 0;
  #lastMs = 0;
  #scored = 0;
  #scoreSum = 0;

  add(report: ScanReport): void {
    const score = meanScore(report);
    this.#scans++;
    this.#symbolsScanned += report.scanned;
    this.#signals += report.signals.length;
    this.#failures += report.failures.length;
    this.#totalMs += report.durationMs;
    this.#lastMs = report.durationMs;
    if (score !== undefined) {
      this.#scored++;
      this.#scoreSum += score;
    }
  }

  read(): ScannerMetrics {
    const worked = this.#symbolsScanned + this.#failures;
    return {
      scans: this.#scans,
      symbolsScanned: this.#symbolsScanned,
      signals: this.#signals,
      failures: this.#failures,
      errorRate: ratio(this.#failures, worked),
      successRate: ratio(this.#symbolsScanned, worked),
      meanScanMs: ratio(this.#totalMs, this.#scans),
      lastScanMs: this.#lastMs,
      signalsPerMinute: ratio(this.#signals * MINUTE_MS, this.#totalMs),
      meanScore: ratio(this.#scoreSum, this.#scored),
    };
  }
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
