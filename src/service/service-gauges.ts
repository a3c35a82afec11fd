import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ScanReport } from '../scanner/scan-report.js';
import { ALERT_RULES } from './alert-rules.js';
import type { Recovery } from './recovery.js';
import type { ServiceStatus } from './service-status.js';

/** What a gauge is called, what it means, and where it is read; `NaN`, which Prometheus knows, where nothing is known. */
type Reading = readonly [name: string, help: string, read: (status: ServiceStatus) => number];

const READINGS: readonly Reading[] = [
  ['ems_ready', 'Whether the last scan with data is recent.', ({ isReady }) => Number(isReady)],
  ['ems_source_up', 'Whether the data source answered the last scan.', (s) => up(s.source)],
  ['ems_ai_up', 'Whether the AI scorer answered the last scan.', (s) => up(s.ai)],
  ['ems_executor_up', 'Whether the executor did the last scan.', (s) => up(s.executor)],
  ['ems_workers', 'Workers that answered last.', (s) => s.workers ?? Number.NaN],
  [
    'ems_last_good_scan_age_seconds',
    'Since the last scan with data ended.',
    (s) => (s.lastGoodScanAgeMs ?? Number.NaN) / 1_000,
  ],
  ['ems_active_symbols', 'Symbols the last scan analysed.', (s) => s.activeSymbols],
  [
    'ems_signal_quality',
    'Mean score of the last signals, 0 to 1.',
    (s) => s.signalQuality ?? Number.NaN,
  ],
  [
    'ems_calibration_shortfall',
    'By what fraction wins fall short of their promise at the very least.',
    (s) => s.calibration.shortfall,
  ],
  [
    'ems_signals_per_minute',
    'Signals over time spent scanning.',
    (s) => s.metrics.signalsPerMinute,
  ],
  ['ems_error_rate', 'Failed over worked-on symbols, 0 to 1.', (s) => s.metrics.errorRate],
  ['ems_success_rate', 'The rest of the error rate, 0 to 1.', (s) => s.metrics.successRate],
  [
    'ems_memory_usage_ratio',
    'Share of the allowed memory in use, 0 to 1.',
    (s) => s.metrics.memoryUsage,
  ],
  ['ems_memory_bytes', 'Resident memory.', (s) => s.metrics.memoryBytes],
  ['ems_cpu_usage_ratio', 'Processor time over time; 1 is one core.', (s) => s.metrics.cpuUsage],
];

/** The numbers of a service, in a registry of its own. */
export class ServiceGauges {
  readonly #registry = new Registry();
  readonly #duration: Histogram;
  readonly #scans: Counter<'result'>;
  readonly #failures: Counter<'code'>;
  readonly #recoveries: Counter<'action'>;

  constructor(status: () => ServiceStatus) {
    const registers = [this.#registry];
    for (const [name, help, read] of READINGS) {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read(status()));
        },
      });
    }
    new Gauge({
      name: 'ems_alert_active',
      help: 'Whether an alert is on.',
      labelNames: ['alert', 'severity'],
      registers,
      collect() {
        const active = new Set(status().alerts.map(({ id }) => id));
        for (const { id, severity } of ALERT_RULES) {
          this.set({ alert: id, severity }, Number(active.has(id)));
        }
      },
    });
    this.#duration = new Histogram({
      name: 'ems_scan_duration_seconds',
      help: 'How long scans took.',
      buckets: [0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60],
      registers,
    });
    this.#scans = new Counter({
      name: 'ems_scans_total',
      help: 'Scans that ended: complete, partial where symbols failed, failed without data.',
      labelNames: ['result'],
      registers,
    });
    this.#failures = new Counter({
      name: 'ems_symbol_failures_total',
      help: 'Symbols that failed, by the code of their error.',
      labelNames: ['code'],
      registers,
    });
    this.#recoveries = new Counter({
      name: 'ems_recoveries_total',
      help: 'What the service did about alerts.',
      labelNames: ['action'],
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  addScan(report: ScanReport): void {
    const { error, failures, durationMs } = report;
    this.#duration.observe(durationMs / 1_000);
    this.#scans.inc({
      result: error !== undefined ? 'failed' : failures.length > 0 ? 'partial' : 'complete',
    });
    for (const failure of failures) this.#failures.inc({ code: failure.error.code });
  }

  addRecovery({ action }: Recovery): void {
    this.#recoveries.inc({ action });
  }
}

function up(state: string): number {
  if (state === 'ok') return 1;
  return state === 'failing' ? 0 : Number.NaN;
}
