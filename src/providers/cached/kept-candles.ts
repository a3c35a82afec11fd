import type { Timeframe } from '../../market/timeframe.js';
import { CandleShelves } from './candle-shelves.js';
import type { CandleStore, SeriesKey } from './candle-store.js';
import { type CandleQuestion, type KnownCandles, trimmed } from './known-candles.js';
import { FAST_CLOCK_MS } from './source-present.js';

/** What {@link KeptCandles} works with. */
export interface KeptCandlesOptions {
  readonly providerId: string;
  readonly baseTimeframe: Timeframe;
  /** Candles asked for besides those wanted. */
  readonly overlap: number;
  readonly maxBytes: number;
  readonly store: CandleStore | undefined;
  /** The source's present, as it was told last. */
  readonly present: () => number;
}

/** Minutes of the base that are kept at least: the four hours that the longest everyday candle is folded from. */
export const BASE_LENGTH = 240;

/** The series that are known, in memory and, where there is one, in a store; of each as much as questions reach back. */
export class KeptCandles {
  readonly shelves: CandleShelves;
  readonly #options: KeptCandlesOptions;
  #longestAsked = 0;

  constructor(options: KeptCandlesOptions) {
    this.#options = options;
    this.shelves = new CandleShelves(options.maxBytes);
  }

  /** From now on at least so many candles are kept of each series. */
  reachBack(limit: number): void {
    this.#longestAsked = Math.max(this.#longestAsked, limit);
  }

  /** What is known of a series, from memory or else from the store. */
  async recall(question: CandleQuestion): Promise<KnownCandles | undefined> {
    const { symbol, timeframe } = question;
    const kept = this.shelves.get(symbol, timeframe);
    const { store, present } = this.#options;
    if (kept !== undefined || store === undefined) return kept;
    const stored = await store.read(this.#key(question));
    const meanwhile = this.shelves.get(symbol, timeframe);
    if (meanwhile !== undefined || stored === undefined) return meanwhile;
    // It was written by a clock that was wrong, and would keep the series from growing.
    if (stored.until > present() + FAST_CLOCK_MS) return undefined;
    this.shelves.set(symbol, timeframe, stored);
    return stored;
  }

  /** Keeps what is known, unless more is known already; gives it back whole. */
  keep(question: CandleQuestion, known: KnownCandles): KnownCandles {
    const { symbol, timeframe } = question;
    const older = this.shelves.get(symbol, timeframe);
    const isOlder = older !== undefined && older.until > known.until;
    if (known.candles.length === 0 || isOlder) return known;
    const kept = trimmed(known, this.#worthKeeping(known, older, timeframe), timeframe);
    this.shelves.set(symbol, timeframe, kept);
    this.#options.store?.write(this.#key(question), kept);
    return known;
  }

  /** Forgets all series of a symbol in memory, and the one that was asked about in the store. */
  forget(question: CandleQuestion): void {
    this.shelves.drop(question.symbol);
    this.#options.store?.remove(this.#key(question));
  }

  // What the base has just grown by is kept for the longer timeframes, which are folded from it next.
  #worthKeeping(
    known: KnownCandles,
    older: KnownCandles | undefined,
    timeframe: Timeframe,
  ): number {
    const asked = this.#longestAsked + this.#options.overlap;
    if (timeframe !== this.#options.baseTimeframe) return asked;
    const grown = older === undefined ? 0 : known.candles.length - older.candles.length;
    return Math.max(asked, BASE_LENGTH) + Math.max(0, grown);
  }

  #key({ symbol, timeframe }: CandleQuestion): SeriesKey {
    return { providerId: this.#options.providerId, symbol, timeframe };
  }
}
