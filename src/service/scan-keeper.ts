import { sleep } from '../parallel/deadline.js';
import { systemTimers } from '../parallel/system-timers.js';
import type { Timers } from '../ports/clock.js';
import { type Logger, silentLogger } from '../ports/logger.js';
import type { EnhancedMarketScanner } from '../scanner/enhanced-market-scanner.js';
import { EventEmitter } from '../scanner/events.js';
import { type HealthStatus, isDown } from '../scanner/health.js';
import { MetricsCounter } from '../scanner/metrics.js';
import { SignalOutcomes } from '../scanner/signal-outcomes.js';
import type { Survey } from '../scanner/survey.js';
import { AlertBoard } from './alert-board.js';
import { alertRules } from './alert-rules.js';
import type { KeeperOptions, ScannerFactory } from './keeper-options.js';
import { type ProcessUsage, processUsageMeter } from './process-usage.js';
import { Recoverer, type Recovery, type RecoveryPort } from './recovery.js';
import { ScanMeasures } from './scan-measures.js';
import type { ServiceEvents, ServiceStatus } from './service-status.js';

const LEAST_SCAN_AGE_MS = 90_000;
const RECOVERIES_KEPT = 20;
/** Signals whose end is looked up after one scan; each takes the requests of one symbol. */
const RESOLVED_PER_SCAN = 5;

/** Scans on the interval, watches how that goes, and mends what it can. */
export class ScanKeeper {
  readonly events: EventEmitter<ServiceEvents>;
  readonly #options: KeeperOptions;
  readonly #logger: Logger;
  readonly #timers: Timers;
  readonly #measureUsage: () => ProcessUsage;
  readonly #board: AlertBoard;
  readonly #measures = new ScanMeasures();
  readonly #metrics = new MetricsCounter();
  readonly #outcomes = new SignalOutcomes();
  readonly #recoverer: Recoverer;
  readonly #stop = new AbortController();
  #scanner: EnhancedMarketScanner;
  #loop: Promise<void> = Promise.resolve();
  #newest: Survey | undefined;
  /** As the newest scan showed it, whichever scanner that was of. */
  #health: HealthStatus;
  #usage: ProcessUsage;
  #workers: number | undefined;
  #recoveries: readonly Recovery[] = [];
  #turnedAt: number;
  #goodAt: number | undefined;

  private constructor(options: KeeperOptions, scanner: EnhancedMarketScanner) {
    const { logger = silentLogger, timers = systemTimers, usage = processUsageMeter() } = options;
    this.#options = options;
    this.#logger = logger;
    this.#timers = timers;
    this.#measureUsage = usage;
    this.#usage = usage();
    this.#board = new AlertBoard(alertRules(options.alerts));
    this.#scanner = scanner;
    this.#health = scanner.health();
    this.#turnedAt = timers.elapsed();
    this.events = new EventEmitter(logger);
    const { scanner: given } = options;
    const port: RecoveryPort = {
      ...(typeof given === 'function' && { restartScanner: () => this.#restart(given) }),
      reconnectAi: () => this.#scanner.reconnectAi({ signal: this.#stop.signal }),
      releaseMemory: () => this.#scanner.releaseMemory(),
      setWorkload: (workload) => this.#scanner.setWorkload(workload),
    };
    this.#recoverer = new Recoverer(port, scanner.config);
  }

  /** Takes the scanner up. @throws ScannerError `config` for limits that are none, and what making the scanner fails with. */
  static async create(options: KeeperOptions): Promise<ScanKeeper> {
    const { scanner } = options;
    const made = typeof scanner === 'function' ? await scanner() : scanner;
    return new ScanKeeper(options, made);
  }

  /** Begins to scan, and goes on until it is closed. */
  start(): void {
    this.#loop = this.#run();
  }

  /** The newest scan that ended; `undefined` before the first. */
  get newest(): Survey | undefined {
    return this.#newest;
  }

  status(): ServiceStatus {
    const { scanIntervalMs, deadlineMs } = this.#scanner.config;
    const { maxScanAgeMs = Math.max(LEAST_SCAN_AGE_MS, 3 * scanIntervalMs) } = this.#options;
    const now = this.#timers.elapsed();
    const age = this.#goodAt === undefined ? undefined : now - this.#goodAt;
    const health = this.#health;
    const alerts = this.#board.active;
    return {
      ...health,
      status: health.status === 'ok' && alerts.length > 0 ? 'degraded' : health.status,
      reasons: [...health.reasons, ...alerts.map(({ message }) => message)],
      // A scan may take its whole deadline after waiting its whole interval; what takes twice as long has stopped.
      isLive: now - this.#turnedAt <= 2 * (scanIntervalMs + deadlineMs),
      isReady: age !== undefined && age <= maxScanAgeMs,
      lastGoodScanAgeMs: age,
      workers: this.#workers,
      expectedWorkers: this.#options.expectedWorkers,
      alerts,
      recoveries: this.#recoveries,
      calibration: this.#outcomes.read(),
      metrics: { ...this.#metrics.read(), ...this.#usage },
    };
  }

  /** Stops the scan under way; closes the scanner where the service made it. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    this.events.clear();
    if (typeof this.#options.scanner === 'function') await this.#scanner.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    const begin = this.#timers.elapsed();
    while (!signal.aborted) {
      try {
        await this.#turn(signal);
      } catch (error) {
        if (!signal.aborted) this.#logger.error('a scan ended without a report', { error });
      }
      this.#turnedAt = this.#timers.elapsed();
      const { scanIntervalMs } = this.#scanner.config;
      const intoInterval = (this.#turnedAt - begin) % scanIntervalMs;
      await sleep(scanIntervalMs - intoInterval, this.#timers, signal);
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const { symbols } = this.#options;
    const survey = await this.#scanner.survey({ symbols, signal });
    const { report } = survey;
    this.#newest = survey;
    this.#health = this.#scanner.health();
    if (!isDown(report)) this.#goodAt = this.#timers.elapsed();
    this.#metrics.add(report);
    this.#usage = this.#measureUsage();
    this.#workers = await this.#countWorkers();
    this.events.emit('scan', survey);
    await this.#followSignals(survey, signal);
    this.#logger.info('scan ended', {
      symbols: report.scanned,
      signals: report.signals.length,
      failed: report.failures.length,
      durationMs: Math.round(report.durationMs),
    });
    await this.#judge(survey);
  }

  async #judge({ report }: Survey): Promise<void> {
    const now = (this.#options.clock ?? Date.now)();
    const { memoryUsage, cpuUsage } = this.#usage;
    const measures = this.#measures.add({
      report,
      memoryUsage,
      calibration: this.#outcomes.read(),
      workers: this.#workers,
      expectedWorkers: this.#options.expectedWorkers,
    });
    for (const change of this.#board.observe(measures, now)) {
      const { kind, alert } = change;
      const level = kind === 'cleared' ? 'info' : alert.severity === 'critical' ? 'error' : 'warn';
      this.#logger[level](`alert ${alert.id} ${kind}`, { ...alert });
      this.events.emit('alert', change);
    }
    const alerts = new Set(this.#board.active.map(({ id }) => id));
    for (const recovery of await this.#recoverer.act({ alerts, cpuUsage, now })) {
      this.#logger.warn(`recovery: ${recovery.action}`, { ...recovery });
      this.#recoveries = [...this.#recoveries, recovery].slice(-RECOVERIES_KEPT);
      this.events.emit('recovery', recovery);
    }
  }

  async #countWorkers(): Promise<number | undefined> {
    try {
      return await this.#options.workers?.();
    } catch (error) {
      this.#logger.warn('the workers could not be counted', { error });
      return 0;
    }
  }

  /** Looks up what became of signals whose horizon is over. A symbol that is gone by then counts for nothing. */
  async #followSignals({ report }: Survey, signal: AbortSignal): Promise<void> {
    for (const due of this.#outcomes.due(report.asOf).slice(0, RESOLVED_PER_SCAN)) {
      const analysis = await this.#scanner.analyze(due.symbol, { signal }).catch(() => undefined);
      this.#outcomes.resolve(due, analysis?.candles ?? new Map());
    }
    this.#outcomes.follow(report.signals);
  }

  async #restart(make: ScannerFactory): Promise<void> {
    try {
      const made = await make();
      const before = this.#scanner;
      this.#scanner = made;
      await before.close();
    } catch (error) {
      this.#logger.error('the scanner could not be made anew', { error });
    }
  }
}
