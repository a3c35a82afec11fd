import type { ScannerError } from '../errors.js';
import { partition } from '../parallel/batches.js';
import { limiter } from '../parallel/bounded-map.js';
import { inlineExecutor } from '../parallel/inline.js';
import type { AiScorer } from '../ports/ai-scorer.js';
import type { BatchExecutor } from '../ports/batch-executor.js';
import type { MarketObservation } from '../scoring/observation.js';
import { reviewCandidates } from './ai-review.js';
import { buildReport } from './build-report.js';
import type { ScanReport } from './scan-report.js';
import type { ScanRun } from './scan-run.js';
import { analyzeSymbol, type SymbolAnalysis } from './symbol-analysis.js';
import { type SymbolResult, SymbolScanner, type SymbolScannerOptions } from './symbol-scanner.js';
import type { Candidate } from './universe.js';
import { type FoundUniverse, UniverseFinder } from './universe-finder.js';

/** What a scan works with. */
export interface ScanEngineOptions extends SymbolScannerOptions {
  readonly aiScorer: AiScorer | undefined;
  /** Whether a scan's moment is the source's present, where the source tells it, rather than the start of the scan. */
  readonly followsSource: boolean;
}

/** One scan's report, what its symbols tell about the market, and why the AI scorer was not heard. */
export interface Pass {
  readonly report: ScanReport;
  readonly observations: readonly MarketObservation[];
  readonly aiError: ScannerError | undefined;
}

interface Task {
  readonly candidate: Candidate;
  readonly run: ScanRun;
}

/** The stages of a scan: find the universe, scan its symbols in batches, ask the AI scorer, choose, report. */
export class ScanEngine {
  readonly #options: ScanEngineOptions;
  readonly #universe: UniverseFinder;
  readonly #symbols: SymbolScanner;
  readonly #executor: BatchExecutor<Task, SymbolResult>;

  constructor(options: ScanEngineOptions) {
    this.#options = options;
    const { provider, config, followsSource } = options;
    const limit = limiter(config.concurrency);
    const symbols = new SymbolScanner(options);
    this.#symbols = symbols;
    this.#universe = new UniverseFinder({ provider, config, followsSource, limit });
    this.#executor = inlineExecutor(({ candidate, run }) => symbols.scan(candidate, run), limit);
  }

  /** Learns the moment the scan speaks of and the markets there are. @throws ScannerError when the source fails. */
  load(run: ScanRun): Promise<void> {
    return this.#universe.load(run);
  }

  /** @throws ScannerError `aborted` */
  find(run: ScanRun, symbols: readonly string[] | undefined): Promise<FoundUniverse> {
    return this.#universe.find(run, symbols);
  }

  /** Scans candidates, so many at once as configured; each result is delivered as it comes. @throws ScannerError `aborted` */
  async scanAll(
    candidates: readonly Candidate[],
    run: ScanRun,
    deliver: (result: SymbolResult) => void,
  ): Promise<void> {
    const tasks = candidates.map((candidate) => ({ candidate, run }));
    const batches = partition(tasks, this.#options.config.concurrency);
    const { signal } = run;
    await Promise.all(batches.map((batch) => this.#executor.execute(batch, { signal, deliver })));
  }

  /** One whole scan. @throws ScannerError `aborted` */
  async pass(
    run: ScanRun,
    symbols: readonly string[] | undefined,
    onResult: (result: SymbolResult, done: number, total: number) => void,
  ): Promise<Pass> {
    const { config, aiScorer } = this.#options;
    const universe = await this.find(run, symbols);
    const results: SymbolResult[] = [];
    await this.scanAll(universe.candidates, run, (result) => {
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
      report: buildReport(run, universe, results, reviewed, config),
      observations: results.flatMap(({ scored }) => scored?.observation ?? []),
      aiError: reviewed.error,
    };
  }

  /** @throws ScannerError why the symbol cannot be analysed, or `aborted`. */
  async analyze(run: ScanRun, symbol: string): Promise<SymbolAnalysis> {
    const { candidates, failures } = await this.find(run, [symbol]);
    if (failures.length > 0) throw failures[0].error;
    return analyzeSymbol(await this.#symbols.read(candidates[0], run));
  }

  /** Forgets what was read so far and frees what the engine was given. */
  async close(): Promise<void> {
    this.#symbols.clear();
    const { provider, aiScorer } = this.#options;
    await Promise.all([this.#executor.close?.(), provider.close?.(), aiScorer?.close?.()]);
  }
}
