import { quote, ScannerError } from '../errors.js';
import type { Market } from '../market/market.js';
import { boundedMap, type Limiter } from '../parallel/bounded-map.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { Logger } from '../ports/logger.js';
import type { ScannerConfig } from './config.js';
import { marketFault, tickerFault } from './entry-fault.js';
import { type Listed, readList } from './listed-entries.js';
import type { ScanRun } from './scan-run.js';

import {
  askedUniverse,
  filterUniverse,
  listMarkets,
  type TickerFindings,
  type Universe,
} from './universe.js';

/** A universe, and why the source could not tell more. */
export interface FoundUniverse extends Universe {
  readonly error: ScannerError | undefined;
}

/** Listings change rarely and are the largest answer an exchange gives. */
const MARKETS_VALID_MS = 3_600_000;

/** What a {@link UniverseFinder} works with. */
export interface UniverseFinderOptions {
  readonly provider: DataProvider;
  readonly config: ScannerConfig;
  /** Whether a scan's moment is the source's present, where the source tells it, rather than the start of the scan. */
  readonly followsSource: boolean;
  readonly limit: Limiter;
  readonly logger: Logger;
}

const NO_MARKETS: Listed<Market> = { entries: new Map(), errors: new Map(), nameless: 0 };

/** Asks a source what there is to scan, and when. */
export class UniverseFinder {
  readonly #provider: DataProvider;
  readonly #config: ScannerConfig;
  readonly #followsSource: boolean;
  readonly #limit: Limiter;
  readonly #logger: Logger;
  #markets = NO_MARKETS;
  #loadedFor = Number.NaN;

  constructor({ provider, config, followsSource, limit, logger }: UniverseFinderOptions) {
    this.#provider = provider;
    this.#config = config;
    this.#followsSource = followsSource;
    this.#limit = limit;
    this.#logger = logger;
  }

  /** Settles the scan's moment and loads the markets, unless those of about then are known. @throws ScannerError when the source fails. */
  async load(run: ScanRun): Promise<void> {
    if (this.#followsSource) run.asOf = await this.#present(run);
    const { asOf } = run;
    if (Math.abs(asOf - this.#loadedFor) < MARKETS_VALID_MS) return;
    const answer: unknown = await run.call('fetchMarkets', (request) =>
      this.#provider.fetchMarkets(request),
    );
    this.#markets = this.#read('fetchMarkets', answer, marketFault);
    this.#loadedFor = asOf;
  }

  /** Has the next scan load the markets anew: a symbol that was listed is known no more. */
  forget(): void {
    this.#loadedFor = Number.NaN;
  }

  /**
   * What there is to analyse, and why the rest is not.
   *
   * @param symbols - The symbols asked for; the whole filtered market without them.
   * @throws ScannerError `aborted`; any other failure is in the answer.
   */
  async find(run: ScanRun, symbols: readonly string[] | undefined): Promise<FoundUniverse> {
    const asked = symbols === undefined ? undefined : [...new Set(symbols)];
    try {
      await this.load(run);
    } catch (error) {
      return nothing(finding(error, run), asked);
    }
    const listing = listMarkets(this.#markets, this.#config, run.asOf);
    const wanted = asked
      ? asked.filter((symbol) => this.#markets.entries.has(symbol))
      : listing.eligible.map(({ symbol }) => symbol);
    const found = await this.#tickers(run, wanted);
    const universe = asked
      ? askedUniverse(asked, this.#markets, found)
      : filterUniverse(listing, found, this.#config);
    return { ...universe, error: found.error };
  }

  #read<Entry extends { readonly symbol: string }>(
    call: string,
    answer: unknown,
    faultOf: (entry: Entry) => ScannerError | undefined,
  ): Listed<Entry> {
    const listed = readList(call, answer, faultOf);
    const { nameless } = listed;
    if (nameless > 0)
      this.#logger.warn('entries without a symbol were left out', { call, nameless });
    return listed;
  }

  async #present(run: ScanRun): Promise<number> {
    const time: unknown = await run.call(
      'fetchTime',
      async (request) => this.#provider.fetchTime?.(request) ?? run.startedAt,
    );
    if (Number.isSafeInteger(time)) return time as number;
    throw new ScannerError(
      'bad_data',
      `fetchTime must give whole epoch milliseconds, gave ${quote(time)}`,
    );
  }

  async #tickers(
    run: ScanRun,
    symbols: readonly string[],
  ): Promise<TickerFindings & { readonly error: ScannerError | undefined }> {
    if (symbols.length === 0) return { tickers: new Map(), errors: new Map(), error: undefined };
    try {
      const answer: unknown = await run.call('fetchTickers', (request) =>
        this.#provider.fetchTickers(symbols, request),
      );
      const { entries, errors } = this.#read('fetchTickers', answer, tickerFault);
      const silent = symbols.filter((symbol) => !entries.has(symbol) && !errors.has(symbol));
      const reasons = await this.#silence(run, silent);
      return { tickers: entries, errors: new Map([...errors, ...reasons]), error: undefined };
    } catch (caught) {
      const error = finding(caught, run);
      return { tickers: new Map(), errors: new Map(symbols.map((s) => [s, error])), error };
    }
  }

  /**
   * Why some symbols have no ticker. One question for all symbols cannot be answered with one symbol's error, so each is asked
   * for a candle: one that is merely quiet has some, one that is broken says so.
   */
  async #silence(
    run: ScanRun,
    silent: readonly string[],
  ): Promise<ReadonlyMap<string, ScannerError>> {
    const { planTimeframe, symbolTimeoutMs } = this.#config;
    const errors = new Map<string, ScannerError>();
    await boundedMap(silent, this.#limit, async (symbol) => {
      try {
        await run.call(
          symbol,
          (request) => this.#provider.fetchCandles(symbol, planTimeframe, 1, request),
          { symbol, maxMs: symbolTimeoutMs },
        );
      } catch (error) {
        const found = finding(error, run);
        if (found.code !== 'insufficient_data') errors.set(symbol, found);
      }
    });
    return errors;
  }
}

/** @throws ScannerError `aborted` when the scan is: that is no finding about the source. */
function finding(error: unknown, run: ScanRun): ScannerError {
  if (!ScannerError.is(error) || run.signal.aborted) throw error;
  return error;
}

function nothing(error: ScannerError, asked: readonly string[] | undefined): FoundUniverse {
  return {
    candidates: [],
    rejections: [],
    failures: (asked ?? []).map((symbol) => ({ symbol, error })),
    funnel: asked
      ? [
          { rule: 'asked', remaining: asked.length },
          { rule: 'ticker', remaining: 0 },
        ]
      : [],
    error,
  };
}
