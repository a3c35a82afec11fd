import { ScannerError } from '../errors.js';
import { partition } from '../parallel/batches.js';
import { type Limiter, limiter } from '../parallel/bounded-map.js';
import { inlineExecutor } from '../parallel/inline.js';
import type { AiScorer } from '../ports/ai-scorer.js';
import type { BatchOptions } from '../ports/batch-executor.js';
import type { Timers } from '../ports/clock.js';
import type { MarketObservation } from '../scoring/observation.js';
import { reviewCandidates } from './ai-review.js';
import { BatchScanner } from './batch-scanner.js';
import { buildReport } from './build-report.js';
import type { ScannerConfig } from './config.js';
import type { ScanBatch, ScanExecutor } from './scan-batch.js';
import { planScan, type ScanPlan } from './scan-plan.js';
import type { ScanReport } from './scan-report.js';
import type { ScanRun } from './scan-run.js';
import { analyzeSymbol, type SymbolAnalysis } from './symbol-analysis.js';
import type { SymbolResult, SymbolScannerOptions } from './symbol-scanner.js';
import type { Candidate } from './universe.js';
import { type FoundUniverse, UniverseFinder } from './universe-finder.js';
import { changedWorkload, type Workload, withWorkload } from './workload.js';

/** What a scan works with. */
export interface ScanEngineOptions extends SymbolScannerOptions {
  readonly config: ScannerConfig;
  readonly aiScorer: AiScorer | undefined;
  /** Whether a scan's moment is the source's present, where the source tells it, rather than the start of the scan. */
  readonly followsSource: boolean;
  /** Where batches are worked through; in this process without one. */
  readonly executor: ScanExecutor | undefined;
  readonly timers: Timers;
}

/** One scan's report, what its symbols tell about the market, and why the AI scorer was not heard. */
export interface Pass {
  readonly report: ScanReport;
  readonly observations: readonly MarketObservation[];
  readonly aiError: ScannerError | undefined;
}

/** The stages of a scan: find the universe, scan its symbols in batches, ask the AI scorer, choose, report. */
export class ScanEngine {
  readonly #options: ScanEngineOptions;
  readonly #universe: UniverseFinder;
  readonly #batches: BatchScanner;
  readonly #inline: ScanExecutor;
  #config: ScannerConfig;
  #limit: Limiter;

  /** @throws ScannerError `config` when a model card meets an executor, whose processes would not know it. */
  constructor(options: ScanEngineOptions) {
    this.#options = options;
    const { provider, config, followsSource, logger, executor, modelCard } = options;
    if (executor !== undefined && modelCard !== undefined) {
      throw new ScannerError('config', 'a model card works in this process, not with an executor');
    }
    this.#config = config;
    this.#limit = limiter(config.concurrency);
    const limit: Limiter = (work) => this.#limit(work);
    this.#universe = new UniverseFinder({ provider, config, followsSource, limit, logger });
    this.#batches = new BatchScanner({ ...options, limit });
    // Contenders compete with all others, so they are one batch.
    const batches = config.evidence === 'contenders' ? 1 : config.concurrency;
    this.#inline = inlineExecutor((batch, of) => this.#batches.scan(batch, of), batches);
  }

  /** The settings of a scan that begins now. */
  get config(): ScannerConfig {
    return this.#config;
  }

  /** From the next scan on. @throws ScannerError `config` */
  setWorkload(workload: Partial<Workload>): void {
    const config = withWorkload(this.#config, workload);
    if (config.concurrency !== this.#config.concurrency) this.#limit = limiter(config.concurrency);
    this.#config = config;
  }

  /** Learns the moment the scan speaks of and the markets there are. @throws ScannerError when the source fails. */
  load(run: ScanRun): Promise<void> {
    return this.#universe.load(run);
  }

  /** @throws ScannerError `aborted` */
  find(run: ScanRun, symbols: readonly string[] | undefined): Promise<FoundUniverse> {
    return this.#universe.find(run, symbols);
  }

  /**
   * Scans candidates, so many at once as configured; each result is delivered once, as it comes.
   *
   * @returns Why this process did work that was the executor's; `undefined` as a rule.
   * @throws ScannerError `aborted`
   */
  async scanAll(
    candidates: readonly Candidate[],
    run: ScanRun,
    deliver: (result: SymbolResult) => void,
  ): Promise<ScannerError | undefined> {
    const left = new Map(candidates.map((candidate) => [candidate.market.symbol, candidate]));
    const options = {
      signal: run.signal,
      // A batch may be worked through twice: by one that was given up and by the one that took its place.
      deliver(result: SymbolResult) {
        if (left.delete(result.symbol)) deliver(result);
      },
    };
    const fault = await this.#delegate(candidates, run, options);
    if (left.size === 0) return undefined;
    const isWhole = left.size === candidates.length;
    const batches = this.#cut([...left.values()], run, this.#inline);
    await this.#inline.execute(
      batches.map((batch) => ({ ...batch, isWhole: isWhole && batches.length === 1 })),
      options,
    );
    return fault;
  }

  /** One whole scan. @throws ScannerError `aborted` */
  async pass(
    run: ScanRun,
    symbols: readonly string[] | undefined,
    onResult: (result: SymbolResult, done: number, total: number) => void,
  ): Promise<Pass> {
    const { aiScorer } = this.#options;
    const { config } = run;
    const workload = changedWorkload(this.#options.config, config);
    const universe = await this.find(run, symbols);
    const results: SymbolResult[] = [];
    const fallback = await this.scanAll(universe.candidates, run, (result) => {
      results.push(result);
      onResult(result, results.length, universe.candidates.length);
    });
    if (results.some(({ error }) => error?.code === 'unknown_symbol')) this.#universe.forget();
    const candidates = results.flatMap(({ scored }) =>
      scored?.kind === 'signal' ? [scored.signal] : [],
    );
    const markets = new Map(
      results.flatMap((result) =>
        result.error === undefined && result.market ? [[result.symbol, result.market]] : [],
      ),
    );
    const reviewed = await reviewCandidates(candidates, markets, aiScorer, config, run);
    return {
      report: buildReport({ run, universe, results, reviewed, config, fallback, workload }),
      observations: results.flatMap(({ scored }) => scored?.observation ?? []),
      aiError: reviewed.error,
    };
  }

  /** @throws ScannerError why the symbol cannot be analysed, or `aborted`. */
  async analyze(run: ScanRun, symbol: string): Promise<SymbolAnalysis> {
    const { candidates, failures } = await this.find(run, [symbol]);
    if (failures.length > 0) throw failures[0].error;
    return analyzeSymbol(await this.#batches.symbols.read(candidates[0], run));
  }

  /** Forgets what can be read again. */
  releaseMemory(): void {
    this.#batches.symbols.clear();
    this.#options.provider.releaseMemory?.();
  }

  /** What scans will cost; only what tells how many symbols there are is asked. @throws ScannerError */
  async plan(
    run: ScanRun,
    symbols: readonly string[] | undefined,
    roundTripMs: number,
  ): Promise<ScanPlan> {
    const { provider, factors } = this.#options;
    const { config } = run;
    const { candidates, error } = await this.find(run, symbols);
    if (error !== undefined) throw error;
    const needs = new Set(factors.flatMap((factor) => factor.needs));
    const { asOf } = run;
    return planScan({ provider, config, needs, symbols: candidates.length, asOf, roundTripMs });
  }

  /** Forgets what was read so far and frees what the engine was given. */
  async close(): Promise<void> {
    this.#batches.symbols.clear();
    const { provider, aiScorer, executor } = this.#options;
    await Promise.all([executor?.close?.(), provider.close?.(), aiScorer?.close?.()]);
  }

  /** Hands candidates to the executor there is; the answer says why it did not do them all. @throws ScannerError `aborted`, `config` */
  async #delegate(
    candidates: readonly Candidate[],
    run: ScanRun,
    options: BatchOptions<SymbolResult>,
  ): Promise<ScannerError | undefined> {
    const { executor } = this.#options;
    if (executor === undefined || candidates.length === 0) return undefined;
    const batches = this.#cut(candidates, run, executor);
    try {
      await run.call(`the ${executor.id} executor`, ({ signal }) =>
        executor.execute(batches, { ...options, signal }),
      );
    } catch (error) {
      if (run.signal.aborted || !ScannerError.is(error) || error.code === 'config') throw error;
      return error;
    }
    return new ScannerError('network', `the ${executor.id} executor left symbols undone`);
  }

  #cut(candidates: readonly Candidate[], run: ScanRun, executor: ScanExecutor): ScanBatch[] {
    const { provider, factors, aiScorer } = this.#options;
    const shared = {
      scanId: crypto.randomUUID(),
      startedAt: run.startedAt,
      elapsedMs: run.elapsedMs(),
      asOf: run.asOf,
      config: run.config,
      sourceId: provider.id,
      factorIds: factors.map(({ id }) => id),
      wantsCandles: aiScorer !== undefined,
    };
    return partition(candidates, executor.batchCount(candidates.length)).map((part, index) => ({
      ...shared,
      index,
      candidates: part,
    }));
  }
}
