import type { HealthStatus } from '../scanner/health.js';
import type { ScannerMetrics } from '../scanner/metrics.js';
import type { CalibrationReading } from '../scanner/signal-outcomes.js';
import type { Survey } from '../scanner/survey.js';
import type { Alert, AlertChange } from './alert.js';
import type { ProcessUsage } from './process-usage.js';
import type { Recovery } from './recovery.js';

/** What a service has done since it began, over all scanners it had, and what it takes of its machine. */
export interface ServiceMetrics extends ScannerMetrics, ProcessUsage {}

/** How a service stands. */
export interface ServiceStatus extends HealthStatus {
  /** Whether scans go on, with or without data. */
  readonly isLive: boolean;
  /** Whether the last scan with data is recent enough to act upon. */
  readonly isReady: boolean;
  /** Since the last scan with data ended; `undefined` before the first. */
  readonly lastGoodScanAgeMs: number | undefined;
  /** How many workers answered last, and how many there are to be; `undefined` without any. */
  readonly workers: number | undefined;
  readonly expectedWorkers: number | undefined;
  readonly alerts: readonly Alert[];
  /** The newest twenty, oldest first. */
  readonly recoveries: readonly Recovery[];
  readonly calibration: CalibrationReading;
  readonly metrics: ServiceMetrics;
}

/** What a service tells those who listen, by event. */
export interface ServiceEvents {
  /** A scan ended. */
  scan: Survey;
  /** An alert was raised or has been cleared. */
  alert: AlertChange;
  /** The service did something about an alert. */
  recovery: Recovery;
}
