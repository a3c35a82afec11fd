import type { ScanReport } from './scan-report.js';
import type { Workload } from './workload.js';

/** Whether a scanner does its work, as its newest scan showed. */
export interface HealthStatus {
  /** `idle` before the first scan, `down` when the source gives nothing, `degraded` when something is amiss. */
  readonly status: 'ok' | 'degraded' | 'down' | 'idle';
  /** What is amiss, one sentence each. */
  readonly reasons: readonly string[];
  /** Whether the data source answered. */
  readonly source: 'ok' | 'failing' | 'unknown';
  /** Whether the AI scorer answered when it was last asked; `absent` without one. */
  readonly ai: 'ok' | 'failing' | 'unknown' | 'absent';
  /** Whether the executor did the newest scan's work; `absent` without one. */
  readonly executor: 'ok' | 'failing' | 'unknown' | 'absent';
  /** When the newest scan began, epoch milliseconds. */
  readonly lastScanAt: number | undefined;
  /** How many symbols the newest scan analysed. */
  readonly activeSymbols: number;
  /** Mean score of the newest scan's signals; `undefined` when it had none. */
  readonly signalQuality: number | undefined;
}

/** What a scanner's health is judged by. */
export interface HealthInput {
  readonly report: ScanReport | undefined;
  readonly hasAiScorer: boolean;
  readonly hasExecutor: boolean;
  readonly scanIntervalMs: number;
  readonly isClosed: boolean;
}

/** The share of failed symbols above which a scan was not a good one. */
const MAX_FAILURE_RATE = 0.05;

/** A scanner's health by its newest scan. */
export function healthStatus(input: HealthInput): HealthStatus {
  const { report, hasAiScorer, hasExecutor } = input;
  const reasons = complaints(input);
  return {
    status: status(input, reasons),
    reasons,
    source: report === undefined ? 'unknown' : isDown(report) ? 'failing' : 'ok',
    ai: hasAiScorer ? aiConnection(report) : 'absent',
    executor: hasExecutor ? executorState(report) : 'absent',
    lastScanAt: report?.startedAt,
    activeSymbols: report?.scanned ?? 0,
    signalQuality: report && meanScore(report),
  };
}

/** Mean score of a report's signals; `undefined` when it has none. */
export function meanScore({ signals }: ScanReport): number | undefined {
  if (signals.length === 0) return undefined;
  return signals.reduce((sum, { score }) => sum + score, 0) / signals.length;
}

function status(
  { report, isClosed }: HealthInput,
  reasons: readonly string[],
): HealthStatus['status'] {
  if (isClosed) return 'down';
  if (report === undefined) return 'idle';
  if (isDown(report)) return 'down';
  return reasons.length > 0 ? 'degraded' : 'ok';
}

function aiConnection(report: ScanReport | undefined): HealthStatus['ai'] {
  if (report === undefined || report.ai === 'absent') return 'unknown';
  return report.ai === 'unavailable' ? 'failing' : 'ok';
}

function executorState(report: ScanReport | undefined): HealthStatus['executor'] {
  if (report === undefined || report.scanned === 0) return 'unknown';
  return report.fallback === undefined ? 'ok' : 'failing';
}

/** Whether nothing came from the source, or nothing that could be used. */
export function isDown({ error, failures, scanned }: ScanReport): boolean {
  return error !== undefined || (scanned === 0 && failures.length > 0);
}

function complaints({ report, isClosed, scanIntervalMs }: HealthInput): string[] {
  const found: string[] = [];
  if (isClosed) found.push('the scanner is closed');
  if (report === undefined) return found;
  const { error, failures, scanned, durationMs, ai } = report;
  const worked = scanned + failures.length;
  if (error !== undefined) found.push(`the source gives no data: ${error.message}`);
  if (failures.length > MAX_FAILURE_RATE * worked) {
    found.push(
      `${failures.length} of ${worked} symbols failed, first ${failures[0].error.message}`,
    );
  }
  if (durationMs > scanIntervalMs) {
    found.push(`a scan took ${Math.round(durationMs)} ms, the interval is ${scanIntervalMs} ms`);
  }
  if (ai === 'unavailable') found.push('the AI scorer did not answer');
  if (report.fallback !== undefined) found.push(`no executor: ${report.fallback.message}`);
  if (report.workload !== undefined) found.push(workloadSentence(report.workload));
  return found;
}

function workloadSentence({ orderBookDepth, tradeLimit, concurrency }: Workload): string {
  return `the workload is not the configured one: ${orderBookDepth} book levels, ${tradeLimit} trades, ${concurrency} symbols at once`;
}
