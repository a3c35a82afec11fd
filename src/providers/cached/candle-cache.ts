import type { Candle, CandleSeries } from '../../market/candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { SingleFlight } from '../../parallel/single-flight.js';
import type { Timers } from '../../ports/clock.js';
import type { DataProvider } from '../../ports/data-provider.js';
import type { Logger } from '../../ports/logger.js';
import type { CacheCounts } from './cache-counts.js';
import { CandleShelves } from './candle-shelves.js';
import type { CandleStore, SeriesKey } from './candle-store.js';
import { FoldAudit } from './fold-audit.js';
import {
  answer,
  type CandleQuestion,
  candlesAgree,
  closedAt,
  continuedBy,
  extend,
  extendByFolding,
  type KnownCandles,
  learn,
  seriesName,
  trimmed,
  withReserve,
} from './known-candles.js';
import { LiveCandles } from './live-candles.js';

/** What a {@link CandleCache} works with. */
export interface CandleCacheOptions {
  readonly provider: DataProvider;
  readonly baseTimeframe: Timeframe;
  readonly maxTail: number;
  readonly maxBytes: number;
  readonly store: CandleStore | undefined;
  /** How time passes for those who wait for a stream; `undefined` where no stream is followed. */
  readonly liveTimers: Timers | undefined;
  readonly logger: Logger;
}

/** Candles asked for besides the missing ones: they must repeat what is known, and one may be newer than the moment asked for. */
const OVERLAP = 2;
/** Minutes of the base that are kept at least: the four hours that the longest everyday candle is folded from. */
const BASE_LENGTH = 240;

/** Answers questions for candles from what is known of them, and learns what is missing. */
export class CandleCache {
  readonly counts: CacheCounts = {
    hits: 0,
    whole: 0,
    tails: 0,
    streamed: 0,
    folds: 0,
    audits: 0,
    corrections: 0,
  };
  readonly shelves: CandleShelves;
  readonly #options: CandleCacheOptions;
  readonly #flights = new SingleFlight();
  readonly #audit: FoldAudit;
  readonly #live: LiveCandles | undefined;
  #longestAsked = 0;

  constructor(options: CandleCacheOptions) {
    this.#options = options;
    this.shelves = new CandleShelves(options.maxBytes);
    const { provider, baseTimeframe, liveTimers, logger } = options;
    this.#audit = new FoldAudit(logger);
    this.#live =
      liveTimers &&
      new LiveCandles({
        ...{ provider, timeframe: baseTimeframe, timers: liveTimers, logger },
        learn: (symbol, candle) => this.#learn(symbol, candle),
      });
  }

  /** Follows no stream any more. */
  close(): void {
    this.#live?.close();
  }

  /** @throws ScannerError what the source fails with, or `aborted`. */
  async read(question: CandleQuestion, signal: AbortSignal | undefined): Promise<CandleSeries> {
    const { symbol, timeframe, limit, asOf } = question;
    this.#longestAsked = Math.max(this.#longestAsked, limit);
    if (timeframe === this.#options.baseTimeframe) this.#live?.follow(symbol);
    const before = await this.#recall(question);
    const known = before && (await this.#reach(before, question, signal));
    const found = known && answer(known, question);
    if (found !== undefined) {
      if (known === before) this.counts.hits++;
      return found;
    }
    const key = flightKey('whole', question, limit);
    return this.#flights.run(
      key,
      async (shared) => {
        this.counts.whole++;
        const asked = before === undefined ? limit + OVERLAP : withReserve(limit);
        const received = await this.#fetch(symbol, timeframe, asked, asOf, shared);
        const closed = closedAt(received, timeframe, asOf);
        this.#keep(question, learn(closed, timeframe, asOf, received.length < asked));
        return closed.slice(-limit);
      },
      signal,
    );
  }

  /** What is known of a series up to `asOf`, fetched where need be; `undefined` where only a whole new answer will do. */
  async #reach(
    known: KnownCandles,
    question: CandleQuestion,
    signal: AbortSignal | undefined,
  ): Promise<KnownCandles | undefined> {
    const { timeframe, asOf } = question;
    const missing = missingCandles(known, timeframe, asOf);
    if (missing <= 0) return known;
    if (missing > this.#options.maxTail) return undefined;
    return this.#flights.run(
      flightKey('tail', question, 0),
      async (shared) => {
        const pushed = await this.#arrival(known, question, missing, shared);
        if (pushed !== undefined) return pushed;
        const folded = await this.#fold(known, question, shared);
        if (folded !== undefined && !this.#audit.isDue(question)) {
          this.counts.folds++;
          return this.#keep(question, folded);
        }
        return this.#tail(known, folded, question, missing, shared);
      },
      signal,
    );
  }

  /** What is known once a candle that closed just now has come over its stream, if it comes. */
  async #arrival(
    known: KnownCandles,
    { symbol, timeframe }: CandleQuestion,
    missing: number,
    signal: AbortSignal,
  ): Promise<KnownCandles | undefined> {
    if (missing !== 1 || timeframe !== this.#options.baseTimeframe) return undefined;
    const open = candleOpen(known.until, timeframe);
    await this.#live?.arrival(symbol, open, signal);
    const newest = this.shelves.get(symbol, timeframe);
    return newest !== undefined && newest.until > open ? newest : undefined;
  }

  /** Takes in a candle of the base that closed. After a hole the next question asks for what is missing. */
  #learn(symbol: string, candle: Candle): void {
    const { baseTimeframe: timeframe } = this.#options;
    const known = this.shelves.get(symbol, timeframe);
    const continued = known && continuedBy(known, candle, timeframe);
    if (continued === undefined) return;
    this.counts.streamed++;
    this.#keep({ symbol, timeframe, limit: 1, asOf: continued.until }, continued);
  }

  async #fold(
    known: KnownCandles,
    question: CandleQuestion,
    signal: AbortSignal,
  ): Promise<KnownCandles | undefined> {
    const { symbol, timeframe, asOf } = question;
    const { baseTimeframe } = this.#options;
    const isFold =
      timeframeMs(timeframe) > timeframeMs(baseTimeframe) &&
      timeframeMs(timeframe) % timeframeMs(baseTimeframe) === 0;
    if (!isFold || !this.#audit.trusts(question)) return undefined;
    const ofBase = { symbol, timeframe: baseTimeframe, limit: BASE_LENGTH, asOf };
    const before = await this.#recall(ofBase);
    const base = before && (await this.#reach(before, ofBase, signal));
    return base && extendByFolding(known, timeframe, base, baseTimeframe, asOf);
  }

  async #tail(
    known: KnownCandles,
    folded: KnownCandles | undefined,
    question: CandleQuestion,
    missing: number,
    signal: AbortSignal,
  ): Promise<KnownCandles | undefined> {
    const { symbol, timeframe, asOf } = question;
    this.counts.tails++;
    const received = await this.#fetch(symbol, timeframe, missing + OVERLAP, asOf, signal);
    const extended = extend(known, closedAt(received, timeframe, asOf), timeframe, asOf);
    if (folded !== undefined) this.counts.audits++;
    const agrees =
      folded === undefined || candlesAgree(folded.candles, extended?.candles ?? received);
    if (extended !== undefined && agrees) return this.#keep(question, extended);
    this.counts.corrections++;
    if (folded !== undefined) this.#audit.distrust(question);
    this.#forget(question);
    return undefined;
  }

  /** What is known of a series, from memory or else from the store. */
  async #recall(question: CandleQuestion): Promise<KnownCandles | undefined> {
    const { symbol, timeframe } = question;
    const kept = this.shelves.get(symbol, timeframe);
    const { store } = this.#options;
    if (kept !== undefined || store === undefined) return kept;
    const stored = await store.read(this.#key(question));
    const meanwhile = this.shelves.get(symbol, timeframe);
    if (meanwhile !== undefined || stored === undefined) return meanwhile;
    this.shelves.set(symbol, timeframe, stored);
    return stored;
  }

  #keep(question: CandleQuestion, known: KnownCandles): KnownCandles {
    const { symbol, timeframe } = question;
    const older = this.shelves.get(symbol, timeframe);
    const isOlder = older !== undefined && older.until > known.until;
    if (known.candles.length === 0 || isOlder) return known;
    const kept = trimmed(known, this.#worthKeeping(known, older, timeframe), timeframe);
    this.shelves.set(symbol, timeframe, kept);
    this.#options.store?.write(this.#key(question), kept);
    return known;
  }

  // What the base has just grown by is kept for the longer timeframes, which are folded from it next.
  #worthKeeping(
    known: KnownCandles,
    older: KnownCandles | undefined,
    timeframe: Timeframe,
  ): number {
    const asked = this.#longestAsked + OVERLAP;
    if (timeframe !== this.#options.baseTimeframe) return asked;
    const grown = older === undefined ? 0 : known.candles.length - older.candles.length;
    return Math.max(asked, BASE_LENGTH) + Math.max(0, grown);
  }

  #forget(question: CandleQuestion): void {
    this.shelves.drop(question.symbol);
    this.#options.store?.remove(this.#key(question));
  }

  #fetch(
    symbol: string,
    timeframe: Timeframe,
    limit: number,
    asOf: number,
    signal: AbortSignal,
  ): Promise<CandleSeries> {
    return this.#options.provider.fetchCandles(symbol, timeframe, limit, { asOf, signal });
  }

  #key({ symbol, timeframe }: CandleQuestion): SeriesKey {
    return { providerId: this.#options.provider.id, symbol, timeframe };
  }
}

function missingCandles(known: KnownCandles, timeframe: Timeframe, asOf: number): number {
  const from = candleOpen(known.until, timeframe);
  return (candleOpen(asOf, timeframe) - from) / timeframeMs(timeframe);
}

/** Moments between the same two closes ask the same. */
function flightKey(kind: string, question: CandleQuestion, limit: number): string {
  const { timeframe, asOf } = question;
  return `${kind} ${limit} ${candleOpen(asOf, timeframe)} ${seriesName(question)}`;
}
