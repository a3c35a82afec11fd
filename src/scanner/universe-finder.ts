import { quote, ScannerError } from '../errors.js';
import type { Market } from '../market/market.js';
import type { Ticker } from '../market/ticker.js';
import { boundedMap, type Limiter } from '../parallel/bounded-map.js';
import type { DataProvider } from '../ports/data-provider.js';
import type { ScannerConfig } from './config.js';
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
}

/** Asks a source what there is to scan, and when. */
export class UniverseFinder {
  readonly #provider: DataProvider;
  readonly #config: ScannerConfig;
  readonly #followsSource: boolean;
  readonly #limit: Limiter;
  #markets: ReadonlyMap<string, Market> = new Map();
  #loadedFor = Number.NaN;

  constructor({ provider, config, followsSource, limit }: UniverseFinderOptions) {
    this.#provider = provider;
    this.#config = config;
    this.#followsSource = followsSource;
    this.#limit = limit;
  }

  /** Settles the scan's moment and loads the markets, unless those of about then are known. @throws ScannerError when the source fails. */
  async load(run: ScanRun): Promise<void> {
    if (this.#followsSource) run.asOf = await this.#present(run);
    const { asOf } = run;
    if (Math.abs(asOf - this.#loadedFor) < MARKETS_VALID_MS) return;
    const markets: unknown = await run.call('fetchMarkets', (request) =>
      this.#provider.fetchMarkets(request),
    );
    this.#markets = bySymbol<Market>('fetchMarkets', markets);
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
    try {
      await this.load(run);
    } catch (error) {
      return nothing(finding(error), symbols ?? []);
    }
    const asked = symbols === undefined ? undefined : [...new Set(symbols)];
    const listing = listMarkets(this.#markets.values(), this.#config, run.asOf);
    const wanted = asked
      ? asked.filter((symbol) => this.#markets.has(symbol))
      : listing.eligible.map(({ symbol }) => symbol);
    const found = await this.#tickers(run, wanted);
    const universe = asked
      ? askedUniverse(asked, this.#markets, found)
      : filterUniverse(listing, found, this.#config);
    return { ...universe, error: found.error };
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
      const tickers = bySymbol<Ticker>('fetchTickers', answer);
      return { tickers, errors: await this.#silence(run, symbols, tickers), error: undefined };
    } catch (caught) {
      const error = finding(caught);
      return { tickers: new Map(), errors: new Map(symbols.map((s) => [s, error])), error };
    }
  }

  /**
   * Why some symbols have no ticker. One question for all symbols cannot be answered with one symbol's error, so each is asked
   * for a candle: one that is merely quiet has some, one that is broken says so.
   */
  async #silence(
    run: ScanRun,
    symbols: readonly string[],
    tickers: ReadonlyMap<string, Ticker>,
  ): Promise<ReadonlyMap<string, ScannerError>> {
    const { planTimeframe, symbolTimeoutMs } = this.#config;
    const errors = new Map<string, ScannerError>();
    const silent = symbols.filter((symbol) => !tickers.has(symbol));
    await boundedMap(silent, this.#limit, async (symbol) => {
      try {
        await run.call(
          symbol,
          (request) => this.#provider.fetchCandles(symbol, planTimeframe, 1, request),
          { symbol, maxMs: symbolTimeoutMs },
        );
      } catch (error) {
        const found = finding(error);
        if (found.code !== 'insufficient_data') errors.set(symbol, found);
      }
    });
    return errors;
  }
}

/** @throws ScannerError `aborted`: that is no finding about the source. */
function finding(error: unknown): ScannerError {
  if (!ScannerError.is(error) || error.code === 'aborted') throw error;
  return error;
}

function nothing(error: ScannerError, symbols: readonly string[]): FoundUniverse {
  return {
    candidates: [],
    rejections: [],
    failures: symbols.map((symbol) => ({ symbol, error })),
    funnel: [],
    error,
  };
}

function bySymbol<T extends { readonly symbol: string }>(
  call: string,
  answer: unknown,
): ReadonlyMap<string, T> {
  if (!Array.isArray(answer)) {
    throw new ScannerError('bad_data', `${call} must give a list, gave ${quote(answer)}`);
  }
  return new Map(answer.map((entry: T) => [entry.symbol, entry]));
}
