import type { ScannerError } from '../errors.js';
import type { ModelCard } from '../forecast/model-card.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { Logger } from '../ports/logger.js';
import { EVIDENCE } from '../scoring/best-score.js';
import { checkFactors } from '../scoring/check-factors.js';
import type { DataNeed, Factor } from '../scoring/factor.js';
import type { ScoringInput } from '../scoring/judgement.js';
import { outOfReach } from '../scoring/portfolio.js';
import { type ScoredMarket, scoreMarket } from '../scoring/score-market.js';
import type { CandidateMarket } from './ai-review.js';
import { fetchEvidence, fetchMarketData } from './market-data.js';
import { readWindow } from './read-window.js';
import type { ScanRun } from './scan-run.js';
import { scoringInputOf } from './scoring-input.js';
import { asScannerError } from './source-error.js';
import type { Candidate } from './universe.js';
import { WarmWindows } from './warm-windows.js';
import { candleWindow } from './window.js';

/** What became of one candidate. */
export type SymbolResult =
  | {
      readonly symbol: string;
      readonly scored: ScoredMarket;
      /** What a second opinion on a signal needs; `undefined` for a rejection. */
      readonly market: CandidateMarket | undefined;
      readonly error: undefined;
    }
  | FailedSymbol;

/** A candidate that could not be scanned. */
export interface FailedSymbol {
  readonly symbol: string;
  readonly scored: undefined;
  readonly error: ScannerError;
}

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
  scan(candidate: Candidate, run: ScanRun): Promise<SymbolResult> {
    return attempt(candidate, run, async () =>
      this.#result(candidate, await this.read(candidate, run), run),
    );
  }

  /** Reads a candidate's candles alone, or gives the result of one that has none to read. @throws ScannerError `aborted` */
  readCandles(candidate: Candidate, run: ScanRun): Promise<ScoringInput | FailedSymbol> {
    const needs = new Set([...this.#needs].filter((need) => !EVIDENCE.includes(need)));
    return attempt(candidate, run, () => this.#read(candidate, run, needs));
  }

  /** Scans a candidate whose candles were read before; book and trades are asked for now. @throws ScannerError `aborted` */
  complete(candidate: Candidate, input: ScoringInput, run: ScanRun): Promise<SymbolResult> {
    const { config } = run;
    const { symbol } = candidate.market;
    const request = { ...this.#options, config, needs: this.#needs };
    return attempt(candidate, run, async () => {
      const evidence = await run.call(
        symbol,
        (options) => fetchEvidence(request, symbol, options),
        {
          symbol,
          maxMs: config.symbolTimeoutMs,
        },
      );
      return this.#result(
        candidate,
        { ...input, snapshot: { ...input.snapshot, ...evidence } },
        run,
      );
    });
  }

  /** The result of a candidate that cannot be among the signals, whatever its book and trades would have said. */
  dismiss(candidate: Candidate, input: ScoringInput, run: ScanRun): SymbolResult {
    const result = this.#result(candidate, input, run);
    if (result.scored?.kind !== 'signal') return result;
    const { signal, observation } = result.scored;
    const rejection = outOfReach(signal, run.config);
    const scored = { kind: 'rejection', rejection, observation } as const;
    return { symbol: result.symbol, scored, market: undefined, error: undefined };
  }

  #result(candidate: Candidate, input: ScoringInput, run: ScanRun): SymbolResult {
    const { symbol } = candidate.market;
    const scored = scoreMarket(input);
    const candles = input.snapshot.candles?.get(run.config.planTimeframe);
    // Candles are held for as long as the scan lasts, so those of rejections are let go of.
    const market = scored.kind === 'signal' ? { market: candidate.market, candles } : undefined;
    return { symbol, scored, market, error: undefined };
  }

  /** Everything a candidate is scored from. @throws ScannerError when it cannot be had. */
  read(candidate: Candidate, run: ScanRun): Promise<ScoringInput> {
    return this.#read(candidate, run, this.#needs);
  }

  async #read(
    candidate: Candidate,
    run: ScanRun,
    needs: ReadonlySet<DataNeed>,
  ): Promise<ScoringInput> {
    const { config } = run;
    const { factors, modelCard } = this.#options;
    const { symbol } = candidate.market;
    const request = { ...this.#options, config, needs };
    const data = await run.call(symbol, (options) => fetchMarketData(request, symbol, options), {
      symbol,
      maxMs: config.symbolTimeoutMs,
    });
    const breath = run.breath();
    if (breath !== undefined) await breath;
    const windows = this.#windows.of(symbol);
    for (const [timeframe, candles] of data.candles) {
      const { from } = candleWindow(timeframe, config.candleLimit, run.asOf);
      readWindow(windows, timeframe, from, candles);
    }
    return scoringInputOf(candidate, data, windows, { config, factors, modelCard }, run.asOf);
  }

  /** Forgets what was read of every symbol. */
  clear(): void {
    this.#windows.clear();
  }
}

async function attempt<T>(
  { market: { symbol } }: Candidate,
  run: ScanRun,
  work: () => Promise<T>,
): Promise<T | FailedSymbol> {
  try {
    return await work();
  } catch (caught) {
    const error = asScannerError(caught, symbol);
    if (error.code === 'aborted' && run.signal.aborted) throw error;
    return { symbol, scored: undefined, error };
  }
}
