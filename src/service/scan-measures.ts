import { isDown, meanScore } from '../scanner/health.js';
import type { ScanReport } from '../scanner/scan-report.js';
import type { CalibrationReading } from '../scanner/signal-outcomes.js';
import type { AlertMeasures } from './alert-board.js';

/** What is known when a scan has ended. */
export interface ScanEvidence {
  readonly report: ScanReport;
  readonly memoryUsage: number;
  readonly calibration: CalibrationReading;
  /** How many workers answer; `undefined` when nobody said how many there are to be. */
  readonly workers: number | undefined;
  readonly expectedWorkers: number | undefined;
}

const RECENT_SCANS = 10;
/** What recent scores are held against: the scans before the recent ones. At 30 seconds a scan, an hour. */
const EARLIER_SCANS = 120;
/** Fewer outcomes tell nothing about a chance. */
const FEWEST_OUTCOMES = 30;

/** Turns scans, one after the other, into what the alerts are judged by. */
export class ScanMeasures {
  #failureRates: readonly number[] = [];
  #durations: readonly number[] = [];
  #scores: readonly number[] = [];
  #aiMisses = 0;
  #sourceMisses = 0;

  add(evidence: ScanEvidence): AlertMeasures {
    const { report, memoryUsage } = evidence;
    const score = meanScore(report);
    this.#failureRates = [...this.#failureRates, failureRate(report)].slice(-RECENT_SCANS);
    this.#durations = [...this.#durations, report.durationMs].slice(-RECENT_SCANS);
    if (score !== undefined) {
      this.#scores = [...this.#scores, score].slice(-RECENT_SCANS - EARLIER_SCANS);
    }
    if (report.ai !== 'absent') {
      this.#aiMisses = report.ai === 'unavailable' ? this.#aiMisses + 1 : 0;
    }
    this.#sourceMisses = isDown(report) ? this.#sourceMisses + 1 : 0;
    return {
      'scan-failures': mean(this.#failureRates),
      'slow-scans': mean(this.#durations),
      memory: memoryUsage,
      'signal-quality': this.#qualityDrop(evidence.calibration),
      'ai-lost': this.#aiMisses,
      'workers-lost': missingWorkers(evidence),
      'source-lost': this.#sourceMisses,
    };
  }

  /** The larger of two drops: of recent scores against earlier ones, and of wins against the chances that were given. */
  #qualityDrop({ count, shortfall }: CalibrationReading): number | undefined {
    const earlier = this.#scores.slice(0, -RECENT_SCANS);
    const drops = [
      ...(earlier.length >= RECENT_SCANS
        ? [1 - mean(this.#scores.slice(-RECENT_SCANS)) / mean(earlier)]
        : []),
      ...(count >= FEWEST_OUTCOMES ? [shortfall] : []),
    ];
    return drops.length === 0 ? undefined : Math.max(0, ...drops);
  }
}

/** Share of a scan's symbols that failed; all of them when the source gave nothing. */
function failureRate(report: ScanReport): number {
  const { failures, scanned } = report;
  if (isDown(report)) return 1;
  return failures.length === 0 ? 0 : failures.length / (failures.length + scanned);
}

/** An executor that was not there leaves the scanner without any worker, whatever the count says. */
function missingWorkers({ report, workers, expectedWorkers }: ScanEvidence): number | undefined {
  if (report.fallback !== undefined) return 1;
  if (workers === undefined || expectedWorkers === undefined) return 0;
  return Math.max(0, 1 - workers / expectedWorkers);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
