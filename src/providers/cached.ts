import type { Timeframe } from '../market/timeframe.js';
import { SingleFlight } from '../parallel/single-flight.js';
import { systemTimers } from '../parallel/system-timers.js';
import type { Clock, Timers } from '../ports/clock.js';
import type { DataProvider, DataRequestOptions } from '../ports/data-provider.js';
import { type Logger, silentLogger } from '../ports/logger.js';
import type { PlannedQuestion } from '../ports/request-plan.js';
import type { CacheCounts } from './cached/cache-counts.js';
import { CandleCache } from './cached/candle-cache.js';
import { LmdbStore } from './cached/lmdb-store.js';
import { FAST_CLOCK_MS, SourcePresent } from './cached/source-present.js';
import { passThrough } from './pass-through.js';
import { momentOf, requireCount } from './request.js';

/** How {@link cachedProvider} keeps candles. */
export interface CachedProviderOptions {
  /** Longest column memory, in bytes; the symbols that were not asked for longest are dropped first. @defaultValue 128 MiB */
  readonly maxBytes?: number;
  /** What longer candles are folded from, where its candles are asked for too. @defaultValue '1m' */
  readonly baseTimeframe?: Timeframe;
  /** Most candles that may be missing before all are fetched anew. @defaultValue 1000 */
  readonly maxTail?: number;
  /**
   * A folder in which candles outlive the process; it needs the package `lmdb`. Give each source a folder, or an `id`, of its own.
   * @defaultValue in memory alone
   */
  readonly folder?: string;
  /**
   * Whether the streams of the symbols that are asked for are followed, where the provider has streams: a candle that was pushed
   * takes no request. What a stream does not bring is asked for as ever.
   * @defaultValue false
   */
  readonly live?: boolean;
  /** The present of a source that does not tell its own. @defaultValue `Date.now` */
  readonly clock?: Clock;
  /** How time passes. @defaultValue the machine's */
  readonly timers?: Timers;
  /** Hears of a source whose candles contradict each other, and of a folder that fails. */
  readonly logger?: Logger;
}

/** What a cache holds, and how it answered so far. */
export interface CacheStatistics extends Readonly<CacheCounts> {
  /** How many series are held. */
  readonly series: number;
  /** Bytes of their columns. */
  readonly bytes: number;
}

/** A provider that keeps candles. */
export interface CachedProvider extends DataProvider {
  statistics(): CacheStatistics;
}

const DEFAULT_BYTES = 128 * 2 ** 20;
const DEFAULT_TAIL = 1_000;
/** The missing candle and the two that it comes with. */
const TAIL_ROWS = 3;

/**
 * Keeps the candles of another provider in memory, asks it for the newest alone, and folds them into the longer timeframes.
 *
 * Closed candles do not change, so a scan through the cache sees what a scan without it sees. Of the folds, one in fifty, at most
 * ten a minute, is fetched instead and compared; a source that corrects its past, or whose longer candles are no folds of its
 * shorter ones (by more than a billionth), is asked for all anew. Two who ask the same at the same time share one request. A
 * request without `asOf` speaks of the source's own present, which the cache cannot know: it is handed on, as is one of a moment that
 * is still to come, and everything else. Up to a minute ahead is the present of somebody whose clock is fast.
 * With `live` the newest candles come over the provider's streams.
 *
 * @throws ScannerError `config` for a bound that is no whole number above 0.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { cachedProvider, syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * const provider = cachedProvider(syntheticProvider());
 * const scanner = new EnhancedMarketScanner({ provider });
 * await scanner.scan();
 * console.log(provider.statistics().bytes);
 * ```
 */
export function cachedProvider(
  provider: DataProvider,
  options: CachedProviderOptions = {},
): CachedProvider {
  const { maxBytes = DEFAULT_BYTES, maxTail = DEFAULT_TAIL, baseTimeframe = '1m' } = options;
  const { logger = silentLogger, live = false, clock = Date.now, timers = systemTimers } = options;
  requireCount('maxBytes', maxBytes);
  requireCount('maxTail', maxTail);
  const { folder } = options;
  const store = folder === undefined ? undefined : new LmdbStore(folder, logger);
  const { fetchTime, fetchOrderBook, fetchTrades, planRequests } = passThrough(provider);
  const present = new SourcePresent(clock, fetchTime);
  const follows = live && provider.watchCandles !== undefined;
  const cache = new CandleCache({
    ...{ provider, baseTimeframe, maxTail, maxBytes, store, logger },
    present: () => present.told,
    liveTimers: follows ? timers : undefined,
  });
  const flights = new SingleFlight();
  const shared = <T>(
    question: readonly unknown[],
    options: DataRequestOptions | undefined,
    ask: (options: DataRequestOptions) => Promise<T>,
  ): Promise<T> =>
    flights.run(
      JSON.stringify([...question, options?.asOf]),
      (signal) => ask({ ...options, signal }),
      options?.signal,
    );
  return {
    ...passThrough(provider),
    close: async () => {
      cache.close();
      await Promise.all([store?.close(), provider.close?.()]);
    },
    releaseMemory: () => {
      cache.shelves.clear();
      provider.releaseMemory?.();
    },
    statistics: () => ({
      ...cache.counts,
      series: cache.shelves.length,
      bytes: cache.shelves.bytes,
    }),
    ...(fetchTime && { fetchTime: (options) => present.ask(options) }),
    ...(planRequests && {
      planRequests: (questions, pass) =>
        planRequests(
          pass === 'first' ? questions : withoutKnown(questions, baseTimeframe, follows),
          pass,
        ),
    }),
    fetchMarkets: (options) =>
      shared(['markets'], options, (request) => provider.fetchMarkets(request)),
    fetchTickers: (symbols, options) =>
      shared(['tickers', symbols], options, async (request) => {
        const tickers = await provider.fetchTickers(symbols, request);
        if (request.asOf !== undefined) {
          const ahead = await present.aheadBy(request.asOf, request.signal);
          cache.hear(tickers, request.asOf - ahead);
        }
        return tickers;
      }),
    async fetchCandles(symbol, timeframe, limit, options) {
      if (options?.asOf === undefined) {
        return shared(['candles', symbol, timeframe, limit], options, (request) =>
          provider.fetchCandles(symbol, timeframe, limit, request),
        );
      }
      requireCount('limit', limit);
      const asOf = momentOf(options, () => Number.NaN);
      const ahead = await present.aheadBy(asOf, options.signal);
      // What a source has of the future is not what it will have of it: nothing is to be learned from that.
      if (ahead >= FAST_CLOCK_MS) return provider.fetchCandles(symbol, timeframe, limit, options);
      return cache.read({ symbol, timeframe, limit, asOf: asOf - ahead }, options.signal);
    },
    ...(fetchOrderBook && {
      fetchOrderBook: (symbol, depth, options) =>
        shared(['book', symbol, depth], options, (request) =>
          fetchOrderBook(symbol, depth, request),
        ),
    }),
    ...(fetchTrades && {
      fetchTrades: (symbol, limit, options) =>
        shared(['trades', symbol, limit], options, (request) =>
          fetchTrades(symbol, limit, request),
        ),
    }),
  };
}

/** What is left to ask a moment later: the newest candles, and where the base is among them, those of the base alone. */
function withoutKnown(
  questions: readonly PlannedQuestion[],
  baseTimeframe: Timeframe,
  follows: boolean,
): readonly PlannedQuestion[] {
  const hasBase = questions.some(({ timeframe }) => timeframe === baseTimeframe);
  return questions
    .filter(
      ({ timeframe }) =>
        timeframe === undefined || !hasBase || (timeframe === baseTimeframe && !follows),
    )
    .map((question) => (question.kind === 'candles' ? { ...question, rows: TAIL_ROWS } : question));
}
