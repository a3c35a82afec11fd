import type { ScannerError } from '../errors.js';
import type { ModelCard } from '../forecast/model-card.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { Logger } from '../ports/logger.js';
import { checkFactors } from '../scoring/check-factors.js';
import type { DataNeed, Factor } from '../scoring/factor.js';
import type { ScoringInput } from '../scoring/judgement.js';
import { type ScoredMarket, scoreMarket } from '../scoring/score-market.js';
import type { CandidateMarket } from './ai-review.js';
import { fetchMarketData } from './market-data.js';
import type { ScanRun } from './scan-run.js';
import { takeSnapshot } from './snapshot.js';
import { asScannerError } from './source-error.js';
import type { Candidate } from './universe.js';
import { WarmWindows } from './warm-windows.js';

/** What became of one candidate. */
export type SymbolResult =
  | {
      readonly symbol: string;
      readonly scored: ScoredMarket;
      /** What a second opinion on a signal needs; `undefined` for a rejection. */
      readonly market: CandidateMarket | undefined;
      readonly error: undefined;
    }
  | { readonly symbol: string; readonly scored: undefined; readonly error: ScannerError };

/** What every symbol is scanned with. */
export interface SymbolScannerOptions {
  readonly provider: DataProvider;
  readonly factors: readonly Factor[];
  readonly logger: Logger;
  /** The numbers behind every chance; the shipped card where there is none. */
  readonly modelCard?: ModelCard | undefined;
}

/** Most symbols whose windows are kept: about 20 kB each. */
const MOST_WARM_SYMBOLS = 2_000;

/** Takes one symbol from its name to its score. */
export class SymbolScanner {
  readonly #options: SymbolScannerOptions;
  readonly #needs: ReadonlySet<DataNeed>;
  readonly #windows = new WarmWindows(MOST_WARM_SYMBOLS);

  /** @throws ScannerError `config` when a factor cannot be weighed. */
  constructor(options: SymbolScannerOptions) {
    checkFactors(options.factors);
    this.#options = options;
    this.#needs = new Set(options.factors.flatMap(({ needs }) => needs));
  }

  /** Scans a candidate; what goes wrong is in the result. @throws ScannerError `aborted` */
  async scan(candidate: Candidate, run: ScanRun): Promise<SymbolResult> {
    const { symbol } = candidate.market;
    try {
      const input = await this.read(candidate, run);
      const scored = scoreMarket(input);
      const candles = input.snapshot.candles?.get(run.config.planTimeframe);
      // Candles are held for as long as the scan lasts, so those of rejections are let go of.
      const market = scored.kind === 'signal' ? { market: candidate.market, candles } : undefined;
      return { symbol, scored, market, error: undefined };
    } catch (caught) {
      const error = asScannerError(caught, symbol);
      if (error.code === 'aborted' && run.signal.aborted) throw error;
      return { symbol, scored: undefined, error };
    }
  }

  /** Everything a candidate is scored from. @throws ScannerError when it cannot be had. */
  async read(candidate: Candidate, run: ScanRun): Promise<ScoringInput> {
    const { config } = run;
    const { factors, modelCard } = this.#options;
    const { symbol } = candidate.market;
    const request = { ...this.#options, config, needs: this.#needs };
    const data = await run.call(symbol, (options) => fetchMarketData(request, symbol, options), {
      symbol,
      maxMs: config.symbolTimeoutMs,
    });
    const breath = run.breath();
    if (breath !== undefined) await breath;
    const windows = this.#windows.of(symbol);
    const ready = takeSnapshot(candidate, data, windows, config, run.asOf);
    return { ...ready, timeframes: config.timeframes, factors, settings: config, modelCard };
  }

  /** Forgets what was read of every symbol. */
  clear(): void {
    this.#windows.clear();
  }
}
