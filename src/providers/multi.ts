import { quote, ScannerError } from '../errors.js';
import type { Market } from '../market/market.js';
import type { Ticker } from '../market/ticker.js';
import type { Timeframe } from '../market/timeframe.js';
import { throwIfAborted } from '../parallel/deadline.js';
import { systemTimers } from '../parallel/system-timers.js';
import type { Timers } from '../ports/clock.js';
import type { DataProvider, DataRequestOptions, RequestOptions } from '../ports/data-provider.js';
import { type Logger, silentLogger } from '../ports/logger.js';
import { planVenues } from './multi/plan-venues.js';
import { VenuePatience } from './multi/venue-patience.js';
import { unknownSymbol } from './request.js';

/** How {@link multiProvider} speaks of what goes wrong. */
export interface MultiProviderOptions {
  /** Hears of a venue that does not answer while others do. */
  readonly logger?: Logger;
  /** How long the others wait for a venue's time, markets or tickers, in milliseconds. @defaultValue 5000 */
  readonly timeoutMs?: number;
  /** @defaultValue the machine's own */
  readonly timers?: Timers;
}

const TIMEOUT_MS = 5_000;
const VENUE = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Several providers as one. A symbol is spelled with its venue: `bitget:BTC/USDT:USDT`.
 *
 * A venue that is down takes nothing from the others: its markets are those it listed last, and its symbols fail with its own
 * error. For the time, markets and tickers of one that is slow the others wait `timeoutMs`, once; they go on without it until it answers. Only when
 * no venue answers does a question about all of them fail. Order books, trades and candles to watch are capabilities where one venue has
 * them, and `unsupported` at the others. The present is that of the venue furthest behind.
 *
 * @throws ScannerError `config` without a venue, or for a name that is not lower-case letters, digits and hyphens.
 *
 * @example
 * ```ts
 * import { multiProvider, syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const provider = multiProvider({
 *   here: syntheticProvider({ seed: 1 }),
 *   there: syntheticProvider({ seed: 2 }),
 * });
 * const candles = await provider.fetchCandles('there:BTC/USDT', '1h', 100);
 * ```
 */
export function multiProvider(
  venues: Readonly<Record<string, DataProvider>>,
  options: MultiProviderOptions = {},
): DataProvider {
  const multi = new MultiProvider(new Map(Object.entries(venues)), options);
  return multi.withCapabilities();
}

class MultiProvider {
  readonly id: string;
  readonly #venues: ReadonlyMap<string, DataProvider>;
  readonly #logger: Logger;
  readonly #patience: VenuePatience;
  readonly #listed = new Map<string, readonly Market[]>();

  constructor(venues: ReadonlyMap<string, DataProvider>, options: MultiProviderOptions) {
    const { logger = silentLogger, timeoutMs = TIMEOUT_MS, timers = systemTimers } = options;
    if (!(timeoutMs > 0)) {
      throw new ScannerError('config', `timeoutMs must be above 0, was ${quote(timeoutMs)}`);
    }
    if (venues.size === 0) {
      throw new ScannerError('config', 'multiProvider needs at least one venue, was given none');
    }
    for (const name of venues.keys()) {
      if (VENUE.test(name)) continue;
      const found = quote(name);
      throw new ScannerError('config', `a venue is named like 'bitget' or 'venue-2', was ${found}`);
    }
    this.id = [...venues.keys()].join('+');
    this.#venues = venues;
    this.#logger = logger;
    this.#patience = new VenuePatience(timeoutMs, timers);
  }

  withCapabilities(): DataProvider {
    const offers = (capability: keyof DataProvider): boolean =>
      [...this.#venues.values()].some((venue) => venue[capability] !== undefined);
    return {
      id: this.id,
      fetchMarkets: (options) => this.#fetchMarkets(options),
      fetchTickers: (symbols, options) => this.#fetchTickers(symbols, options),
      fetchCandles: async (symbol, timeframe, limit, options) => {
        const { venue, name } = this.#locate(symbol);
        return this.#at(symbol, venue.fetchCandles(name, timeframe, limit, options));
      },
      ...(offers('fetchTime') && { fetchTime: (options) => this.#fetchTime(options) }),
      ...(offers('fetchOrderBook') && {
        fetchOrderBook: async (symbol, depth, options) => {
          const { venue, name } = this.#locate(symbol);
          const book = venue.fetchOrderBook?.(name, depth, options);
          return this.#at(symbol, book ?? unsupported(symbol, 'order books'));
        },
      }),
      ...(offers('fetchTrades') && {
        fetchTrades: async (symbol, limit, options) => {
          const { venue, name } = this.#locate(symbol);
          const trades = venue.fetchTrades?.(name, limit, options);
          return this.#at(symbol, trades ?? unsupported(symbol, 'trades'));
        },
      }),
      ...(offers('watchCandles') && {
        watchCandles: (symbol: string, timeframe: Timeframe, options?: RequestOptions) => {
          const { venue, name } = this.#locate(symbol);
          const watched = venue.watchCandles?.(name, timeframe, options);
          if (watched !== undefined) return watched;
          throw new ScannerError('unsupported', 'the venue has no candles to watch', { symbol });
        },
      }),
      ...(offers('streamedStretch') && {
        streamedStretch: (symbol: string, timeframe: Timeframe) => {
          const { venue, name } = this.#locate(symbol);
          return venue.streamedStretch?.(name, timeframe);
        },
      }),
      ...(offers('planRequests') && {
        planRequests: (questions, pass) => {
          const planned = Array.from(this.#venues, ([name, venue]) => ({
            venue,
            markets: this.#listed.get(name)?.length ?? 0,
          }));
          return planVenues(planned, questions, pass);
        },
      }),
      releaseMemory: () => {
        for (const venue of this.#venues.values()) venue.releaseMemory?.();
      },
      close: async () => {
        await Promise.all(Array.from(this.#venues.values(), (venue) => venue.close?.()));
      },
    };
  }

  async #fetchTime(options: RequestOptions | undefined): Promise<number> {
    const clocks = [...this.#venues].filter(([, { fetchTime }]) => fetchTime !== undefined);
    const times = await this.#ask(
      clocks,
      async (venue) => [await venue.fetchTime?.(options)],
      options,
    );
    return Math.min(...times.filter((time) => time !== undefined));
  }

  #fetchMarkets(options: DataRequestOptions | undefined): Promise<readonly Market[]> {
    return this.#ask(
      [...this.#venues],
      async (venue, name) => {
        const markets = await venue.fetchMarkets(options);
        this.#listed.set(
          name,
          markets.map((market) => ({ ...market, symbol: `${name}:${market.symbol}` })),
        );
        return this.#listed.get(name) ?? [];
      },
      options,
      (name) => this.#listed.get(name) ?? [],
    );
  }

  async #fetchTickers(
    symbols: readonly string[],
    options: DataRequestOptions | undefined,
  ): Promise<readonly Ticker[]> {
    const wanted = new Map<string, string[]>();
    for (const symbol of symbols) {
      const [name, rest] = split(symbol);
      wanted.set(name, [...(wanted.get(name) ?? []), rest]);
    }
    const asked = [...this.#venues].filter(([name]) => wanted.has(name));
    return this.#ask(
      asked,
      async (venue, name) => {
        const tickers = await venue.fetchTickers(wanted.get(name) ?? [], options);
        return tickers.map((ticker) => ({ ...ticker, symbol: `${name}:${ticker.symbol}` }));
      },
      options,
    );
  }

  /** Asks venues side by side and joins what they answer; fails as the first does when none answers. */
  async #ask<T>(
    venues: readonly (readonly [name: string, venue: DataProvider])[],
    question: (venue: DataProvider, name: string) => Promise<readonly T[]>,
    options: RequestOptions | undefined,
    otherwise: (name: string) => readonly T[] = () => [],
  ): Promise<readonly T[]> {
    throwIfAborted(options?.signal);
    const answers = await Promise.allSettled(
      venues.map(([name, venue]) =>
        this.#patience.wait(name, options?.signal, () => question(venue, name)),
      ),
    );
    throwIfAborted(options?.signal);
    const failed = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer] : []));
    if (failed.length > 0 && failed.length === answers.length) throw failed[0].reason;
    return answers.flatMap((answer, i) => {
      if (answer.status === 'fulfilled') return answer.value;
      const [name] = venues[i];
      this.#logger.warn('a venue does not answer', { venue: name, error: answer.reason });
      return otherwise(name);
    });
  }

  #locate(symbol: string): { readonly venue: DataProvider; readonly name: string } {
    const [venueName, name] = split(symbol);
    const venue = this.#venues.get(venueName);
    if (venue === undefined) throw unknownSymbol(this.id, symbol);
    return { venue, name };
  }

  /** The answer of a venue, whose errors speak of the symbol as it is spelled here. */
  async #at<T>(symbol: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!ScannerError.is(error) || error.symbol === undefined) throw error;
      throw new ScannerError(error.code, error.message, { cause: error, symbol });
    }
  }
}

function split(symbol: string): readonly [venue: string, symbol: string] {
  const colon = symbol.indexOf(':');
  return colon < 0 ? ['', symbol] : [symbol.slice(0, colon), symbol.slice(colon + 1)];
}

async function unsupported(symbol: string, what: string): Promise<never> {
  throw new ScannerError('unsupported', `the venue has no ${what}`, { symbol });
}
