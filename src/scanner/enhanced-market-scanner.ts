import { ScannerError } from '../errors.js';
import { sleep, throwIfAborted } from '../parallel/deadline.js';
import { LinkedSignal } from '../parallel/linked-signal.js';
import { systemTimers } from '../parallel/system-timers.js';
import type { AiScorer } from '../ports/ai-scorer.js';
import type { Clock, Timers } from '../ports/clock.js';
import type { RequestOptions } from '../ports/data-provider.js';
import { type Logger, silentLogger } from '../ports/logger.js';
import { defaultFactors } from '../scoring/factors/default-factors.js';
import type { MarketSignal } from '../scoring/signal.js';
import { type MarketSummary, summarizeMarket } from '../scoring/summary.js';
import type { ScannerConfig } from './config.js';
import { parseScannerConfig } from './config-schema.js';
import { eachOutcome } from './each-outcome.js';
import { EventEmitter, type Listener } from './events.js';
import { type HealthStatus, healthStatus } from './health.js';
import { MetricsCounter, type ScannerMetrics } from './metrics.js';
import { type Pass, ScanEngine } from './scan-engine.js';
import { ScanPace } from './scan-pace.js';
import type { ScanPlan } from './scan-plan.js';
import type { ScanReport } from './scan-report.js';
import { ScanRun } from './scan-run.js';
import type { ScannerEvents } from './scanner-events.js';
import type { PlanOptions, ScannerOptions, ScanOptions, WatchOptions } from './scanner-options.js';
import { signalChanges, type ToldSignals } from './signal-changes.js';
import type { Survey } from './survey.js';
import type { SymbolAnalysis } from './symbol-analysis.js';
import type { SymbolOutcome } from './symbol-outcome.js';
import { type Workload, workloadOf } from './workload.js';

/** To an exchange on the same continent and back. */
const USUAL_ROUND_TRIP_MS = 100;

/**
 * Scans markets in parallel and ranks what it finds.
 *
 * A scan rejects with a {@link ScannerError} on abort (`aborted`), or when its executor has another source or other factors
 * (`config`); whatever else goes wrong is in its report. Scans may overlap and do not disturb each other.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const scanner = new EnhancedMarketScanner({ provider: syntheticProvider({ seed: 1 }) });
 * for (const { symbol, direction, score } of await scanner.scanMarketsParallel()) {
 *   console.log(symbol, direction, score.toFixed(3));
 * }
 * await scanner.close();
 * ```
 */
export class EnhancedMarketScanner implements AsyncDisposable {
  /** The settings after defaults. */
  readonly config: ScannerConfig;
  readonly #clock: Clock | undefined;
  readonly #timers: Timers;
  readonly #logger: Logger;
  readonly #engine: ScanEngine;
  readonly #events: EventEmitter<ScannerEvents>;
  readonly #metrics = new MetricsCounter();
  readonly #aiScorer: AiScorer | undefined;
  readonly #hasExecutor: boolean;
  readonly #closing = new AbortController();
  #newest: ScanReport | undefined;
  #closed: Promise<void> | undefined;

  /** @throws ScannerError `config` naming every setting that is wrong, or a factor or model card that cannot be used. */
  constructor(options: ScannerOptions) {
    const { provider, aiScorer, clock, factors = defaultFactors, executor, modelCard } = options;
    const { logger = silentLogger, timers = systemTimers } = options;
    const config = parseScannerConfig(options.config);
    this.config = config;
    this.#clock = clock;
    this.#timers = timers;
    this.#logger = logger;
    this.#events = new EventEmitter(logger);
    this.#aiScorer = aiScorer;
    this.#hasExecutor = executor !== undefined;
    const followsSource = clock === undefined;
    const tools = { provider, aiScorer, factors, logger, timers, executor, modelCard };
    this.#engine = new ScanEngine({ ...tools, config, followsSource });
  }

  /**
   * Loads the markets. The first scan does this if you do not.
   *
   * @throws ScannerError what the source fails with, or `aborted`.
   */
  initialize(options: RequestOptions = {}): Promise<void> {
    return this.#during(options, (run) => this.#engine.load(run));
  }

  /** The best signals, best first. Of symbols that failed, {@link EnhancedMarketScanner.scan} tells. @throws ScannerError `aborted` */
  async scanMarketsParallel(options: ScanOptions = {}): Promise<readonly MarketSignal[]> {
    return (await this.scan(options)).signals;
  }

  /** One full pass: signals, rejections, failures and timings. @throws ScannerError `aborted` */
  async scan(options: ScanOptions = {}): Promise<ScanReport> {
    return (await this.#pass(options)).report;
  }

  /** One full pass, summed up. @throws ScannerError `aborted` */
  async getMarketSummary(options: ScanOptions = {}): Promise<MarketSummary> {
    return (await this.survey(options)).summary;
  }

  /** One full pass: the report, and what it sums up to. @throws ScannerError `aborted` */
  async survey(options: ScanOptions = {}): Promise<Survey> {
    const { report, observations } = await this.#pass(options);
    const { asOf: timestamp, signals } = report;
    const totalSymbols = report.funnel[0]?.remaining ?? 0;
    return { report, summary: summarizeMarket({ timestamp, totalSymbols, observations, signals }) };
  }

  /**
   * Each symbol as it finishes, once, beginning with those that a rule of the universe or a failure keeps back. Breaking out
   * of the loop stops the scan. The AI scorer, the caps of the portfolio, events, health and metrics have no part in it.
   *
   * @throws ScannerError `aborted`, or what the source fails with before there are symbols.
   */
  async *scanEach(options: ScanOptions = {}): AsyncGenerator<SymbolOutcome, void, undefined> {
    const run = this.#begin(options);
    try {
      yield* eachOutcome(this.#engine, run, options.symbols);
    } finally {
      run.end();
    }
  }

  /**
   * A report every `scanIntervalMs`, or whenever a candle of `on` closes, until the signal aborts, the loop breaks or the scanner
   * is closed. A scan that outlasts the interval moves the next to the next multiple of it: scans of one loop never overlap and
   * never queue up. The `change` event tells what each report says that the ones before it did not.
   */
  async *watch({ on, ...options }: WatchOptions = {}): AsyncGenerator<ScanReport, void, undefined> {
    const link = new LinkedSignal([options.signal, this.#closing.signal]);
    const { signal } = link;
    const pace = new ScanPace(on, this.config.scanIntervalMs, this.#timers);
    let told: ToldSignals = new Map();
    try {
      while (!signal.aborted) {
        pace.begin();
        const report = await this.scan({ ...options, signal }).catch((error: unknown) => {
          if (signal.aborted) return undefined;
          throw error;
        });
        if (report === undefined) return;
        const news = signalChanges(told, report);
        told = news.told;
        for (const change of news.changes) this.#events.emit('change', change);
        yield report;
        await sleep(pace.untilNext(report.asOf), this.#timers, signal);
      }
    } finally {
      link.release();
    }
  }

  /**
   * Everything behind one symbol's score, whether or not it would be a signal; no rule of the universe is held against it.
   *
   * @throws ScannerError why the symbol cannot be analysed, or `aborted`.
   */
  analyze(symbol: string, options: RequestOptions = {}): Promise<SymbolAnalysis> {
    return this.#during(options, (run) => this.#engine.analyze(run, symbol));
  }

  /**
   * What scans will cost, before one runs: requests, what they spend of the exchange's limits, and how long that takes. Only
   * markets and tickers are asked for, which tell how many symbols there are.
   *
   * @throws ScannerError what the source fails with, or `aborted`.
   */
  plan({
    symbols,
    signal,
    roundTripMs = USUAL_ROUND_TRIP_MS,
  }: PlanOptions = {}): Promise<ScanPlan> {
    return this.#during({ signal }, (run) => this.#engine.plan(run, symbols, roundTripMs));
  }

  /** Listens; the result stops listening. A listener that fails is logged and disturbs nothing. */
  on<Event extends keyof ScannerEvents>(
    event: Event,
    listener: Listener<ScannerEvents[Event]>,
  ): () => void {
    return this.#events.on(event, listener);
  }

  /** Whether the scanner does its work, as its newest scan showed. */
  health(): HealthStatus {
    return healthStatus({
      report: this.#newest,
      hasAiScorer: this.#aiScorer !== undefined,
      hasExecutor: this.#hasExecutor,
      scanIntervalMs: this.config.scanIntervalMs,
      isClosed: this.#closing.signal.aborted,
    });
  }

  /** What the scanner has done so far. */
  metrics(): ScannerMetrics {
    return this.#metrics.read();
  }

  /** What a scan that begins now takes on at once: the configured workload until it is set otherwise. */
  get workload(): Workload {
    return workloadOf(this.#engine.config);
  }

  /** Takes on more or less from the next scan on, of every symbol; reports and health say so. @throws ScannerError `config` */
  setWorkload(workload: Partial<Workload>): void {
    this.#engine.setWorkload(workload);
  }

  /** Forgets what it can read again, and has the provider do so. The next scan asks for more and finds the same. */
  releaseMemory(): void {
    this.#engine.releaseMemory();
  }

  /** Has the AI scorer connect anew, if it can; what it fails with is logged. */
  async reconnectAi(options: RequestOptions = {}): Promise<void> {
    try {
      await this.#aiScorer?.reconnect?.(options);
    } catch (error) {
      this.#logger.warn('the AI scorer could not be reached again', { error });
    }
  }

  /** Stops what runs, which then rejects with `aborted`, and closes provider, AI scorer and executor. May be called again. */
  close(): Promise<void> {
    if (this.#closed === undefined) {
      this.#closing.abort(new ScannerError('aborted', 'the scanner is closed'));
      this.#events.clear();
      this.#closed = this.#engine.close();
    }
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #pass({ symbols, signal }: ScanOptions): Promise<Pass> {
    const pass = await this.#during({ signal }, (run) =>
      this.#engine.pass(run, symbols, ({ symbol }, done, total) =>
        this.#events.emit('progress', { symbol, done, total }),
      ),
    );
    const { report, aiError } = pass;
    this.#newest = report;
    this.#metrics.add(report);
    if (aiError !== undefined) this.#events.emit('aiUnavailable', aiError);
    if (report.fallback !== undefined) this.#events.emit('executorUnavailable', report.fallback);
    for (const failure of report.failures) this.#events.emit('failure', failure);
    for (const found of report.signals) this.#events.emit('signal', found);
    this.#events.emit('report', report);
    return pass;
  }

  async #during<T>(options: RequestOptions, work: (run: ScanRun) => Promise<T>): Promise<T> {
    const run = this.#begin(options);
    try {
      return await work(run);
    } finally {
      run.end();
    }
  }

  #begin({ signal }: RequestOptions): ScanRun {
    const signals = [signal, this.#closing.signal];
    for (const each of signals) throwIfAborted(each);
    const startedAt = (this.#clock ?? Date.now)();
    return new ScanRun({ startedAt, config: this.#engine.config, timers: this.#timers, signals });
  }
}
