import type { Candle, CandleSeries } from '../../market/candle-series.js';
import type { Ticker } from '../../market/ticker.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { SingleFlight } from '../../parallel/single-flight.js';
import type { Timers } from '../../ports/clock.js';
import type { DataProvider, TimeStretch } from '../../ports/data-provider.js';
import type { Logger } from '../../ports/logger.js';
import type { CacheCounts } from './cache-counts.js';
import { CandleAudit } from './candle-audit.js';
import type { CandleShelves } from './candle-shelves.js';
import type { CandleStore } from './candle-store.js';
import { BASE_LENGTH, KeptCandles } from './kept-candles.js';
import {
  answer,
  type CandleQuestion,
  candlesAgree,
  closedAt,
  continuedBy,
  extend,
  extendByFolding,
  isCorrected,
  type KnownCandles,
  learn,
  seriesName,
  withReserve,
} from './known-candles.js';
import { LiveCandles } from './live-candles.js';
import { continuedQuietly } from './quiet-candles.js';

/** What a {@link CandleCache} works with. */
export interface CandleCacheOptions {
  readonly provider: DataProvider;
  readonly baseTimeframe: Timeframe;
  readonly maxTail: number;
  readonly maxBytes: number;
  readonly store: CandleStore | undefined;
  /** The source's present, as it was told last. */
  readonly present: () => number;
  /** How time passes for those who wait for a stream; `undefined` where no stream is followed. */
  readonly liveTimers: Timers | undefined;
  readonly logger: Logger;
}

/** Candles asked for besides the missing ones: they must repeat what is known, and one may be newer than the moment asked for. */
const OVERLAP = 2;

/** Answers questions for candles from what is known of them, and learns what is missing. */
export class CandleCache {
  readonly counts: CacheCounts = {
    hits: 0,
    whole: 0,
    tails: 0,
    streamed: 0,
    quiet: 0,
    folds: 0,
    audits: 0,
    corrections: 0,
  };
  readonly #options: CandleCacheOptions;
  readonly #flights = new SingleFlight();
  readonly #kept: KeptCandles;
  readonly #audit: CandleAudit;
  readonly #live: LiveCandles | undefined;

  constructor(options: CandleCacheOptions) {
    this.#options = options;
    const { provider, baseTimeframe, liveTimers, logger, maxBytes, store, present } = options;
    this.#kept = new KeptCandles({
      ...{ providerId: provider.id, baseTimeframe, overlap: OVERLAP, maxBytes, store, present },
    });
    this.#audit = new CandleAudit(logger);
    this.#live =
      liveTimers &&
      new LiveCandles({
        ...{ provider, timeframe: baseTimeframe, timers: liveTimers, logger },
        learn: (symbol, candle) => this.#learn(symbol, candle),
      });
  }

  /** The series in memory. */
  get shelves(): CandleShelves {
    return this.#kept.shelves;
  }

  /** Takes note of tickers that were asked for at a moment. */
  hear(tickers: readonly Ticker[], asOf: number): void {
    this.#live?.hear(tickers, asOf);
  }

  /** Follows no stream any more. */
  close(): void {
    this.#live?.close();
  }

  /** @throws ScannerError what the source fails with, or `aborted`. */
  async read(question: CandleQuestion, signal: AbortSignal | undefined): Promise<CandleSeries> {
    const { symbol, timeframe, limit, asOf } = question;
    this.#kept.reachBack(limit);
    if (timeframe === this.#options.baseTimeframe) this.#live?.follow(symbol);
    const before = await this.#kept.recall(question);
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
        this.#kept.keep(question, learn(closed, timeframe, asOf, received.length < asked));
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
        const newest = await this.#arrival(known, question, shared);
        if (missingCandles(newest, timeframe, asOf) <= 0) return newest;
        const made = await this.#make(newest, question, shared);
        if (made === undefined || this.#audit.isDue(question)) {
          return this.#tail(newest, made, question, shared);
        }
        this.counts[timeframe === this.#options.baseTimeframe ? 'quiet' : 'folds']++;
        return this.#kept.keep(question, made);
      },
      signal,
    );
  }

  /** What is known once candles that closed just now have come over their stream, those that come. */
  async #arrival(
    known: KnownCandles,
    { symbol, timeframe, asOf }: CandleQuestion,
    signal: AbortSignal,
  ): Promise<KnownCandles> {
    if (timeframe !== this.#options.baseTimeframe) return known;
    await this.#live?.arrival(symbol, missingStretch(known, timeframe, asOf), signal);
    const newest = this.shelves.get(symbol, timeframe);
    return newest !== undefined && newest.until > known.until ? newest : known;
  }

  /** Takes in a candle of the base that closed, be it once more. After a hole that is none of silence the next question asks for what is missing. */
  #learn(symbol: string, candle: Candle): void {
    const { baseTimeframe: timeframe } = this.#options;
    const question = { symbol, timeframe, limit: 1, asOf: candle.time };
    const known = this.shelves.get(symbol, timeframe);
    if (known !== undefined && isCorrected(known, candle)) {
      this.counts.corrections++;
      this.#kept.forget(question);
      return;
    }
    const before = known && (this.#silence(known, question) ?? known);
    const continued = before && continuedBy(before, candle, timeframe);
    if (continued === undefined) return;
    this.counts.streamed++;
    this.#kept.keep({ ...question, asOf: continued.until }, continued);
  }

  /** What is missing, made of what is known; `undefined` where it has to be asked for. */
  async #make(
    known: KnownCandles,
    question: CandleQuestion,
    signal: AbortSignal,
  ): Promise<KnownCandles | undefined> {
    if (question.timeframe !== this.#options.baseTimeframe) {
      return this.#fold(known, question, signal);
    }
    const { symbol, timeframe, asOf } = question;
    const price = known.candles.at(-1)?.close ?? Number.NaN;
    const isStill = this.#live?.isStill(symbol, price, candleOpen(asOf, timeframe));
    return isStill ? this.#silence(known, question) : undefined;
  }

  /** What is known of a series of the base once its stream has told that nobody traded, where it has. */
  #silence(known: KnownCandles, question: CandleQuestion): KnownCandles | undefined {
    const { symbol, timeframe, asOf } = question;
    const stretch = missingStretch(known, timeframe, asOf);
    const isSilent = stretch.until > stretch.from && this.#live?.isSilent(symbol, stretch);
    if (!isSilent || !this.#audit.trusts(question)) return undefined;
    return continuedQuietly(known, timeframe, stretch.until);
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
    const before = await this.#kept.recall(ofBase);
    const base = before && (await this.#reach(before, ofBase, signal));
    return base && extendByFolding(known, timeframe, base, baseTimeframe, asOf);
  }

  /** @param made - What was worked out without the source, where that is to be compared with what it says. */
  async #tail(
    known: KnownCandles,
    made: KnownCandles | undefined,
    question: CandleQuestion,
    signal: AbortSignal,
  ): Promise<KnownCandles | undefined> {
    const { symbol, timeframe, asOf } = question;
    const missing = missingCandles(known, timeframe, asOf);
    this.counts.tails++;
    const received = await this.#fetch(symbol, timeframe, missing + OVERLAP, asOf, signal);
    const extended = extend(known, closedAt(received, timeframe, asOf), timeframe, asOf);
    if (made !== undefined) this.counts.audits++;
    const agrees = made === undefined || candlesAgree(made.candles, extended?.candles ?? received);
    if (extended !== undefined && agrees) return this.#kept.keep(question, extended);
    this.counts.corrections++;
    if (made !== undefined) this.#audit.distrust(question);
    this.#kept.forget(question);
    return undefined;
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
}

function missingStretch(known: KnownCandles, timeframe: Timeframe, asOf: number): TimeStretch {
  return { from: candleOpen(known.until, timeframe), until: candleOpen(asOf, timeframe) };
}

function missingCandles(known: KnownCandles, timeframe: Timeframe, asOf: number): number {
  const { from, until } = missingStretch(known, timeframe, asOf);
  return (until - from) / timeframeMs(timeframe);
}

/** Moments between the same two closes ask the same. */
function flightKey(kind: string, question: CandleQuestion, limit: number): string {
  const { timeframe, asOf } = question;
  return `${kind} ${limit} ${candleOpen(asOf, timeframe)} ${seriesName(question)}`;
}
