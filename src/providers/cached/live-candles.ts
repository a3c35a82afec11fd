import { ScannerError } from '../../errors.js';
import type { Candle } from '../../market/candle-series.js';
import type { Ticker } from '../../market/ticker.js';
import { type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { sleep } from '../../parallel/deadline.js';
import { onAbort } from '../../parallel/on-abort.js';
import type { Timers } from '../../ports/clock.js';
import type { DataProvider, TimeStretch } from '../../ports/data-provider.js';
import type { Logger } from '../../ports/logger.js';

/** What {@link LiveCandles} works with. */
export interface LiveCandlesOptions {
  readonly provider: DataProvider;
  readonly timeframe: Timeframe;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Takes in a candle that closed. */
  readonly learn: (symbol: string, candle: Candle) => void;
}

interface Follower {
  readonly stop: AbortController;
  /** When somebody last wanted to know, by the timers. */
  askedAt: number;
  /** Whether candles came of late, so that it is worth waiting for the next. */
  isSpeaking: boolean;
  readonly waiting: Set<(time: number) => void>;
}

/** A symbol that nobody asked for in so long is followed no more. */
const FORGET_MS = 900_000;
const RETRY_MS = 30_000;
/** What an exchange does not stream, it may stream when it lists the market again. */
const REFUSED_MS = 3_600_000;
/** A candle that just closed is waited for so long; then it is asked for. */
const PATIENCE_MS = 3_500;
/** How often it is looked whether a stream has come so far that nobody can have traded. */
const LOOK_MS = 250;

/** Follows the streams of symbols that are asked for, and hands on what closes. */
export class LiveCandles {
  readonly #options: LiveCandlesOptions;
  readonly #followers = new Map<string, Follower>();
  /** How long candles of one close are waited for: together, however many symbols wait in turn. */
  readonly #patience = { until: Number.NaN, endsAt: 0 };
  readonly #prices = new Map<string, { readonly last: number; readonly asOf: number }>();

  constructor(options: LiveCandlesOptions) {
    this.#options = options;
  }

  /** Follows a symbol from now on, as long as it is asked for now and then. */
  follow(symbol: string): void {
    const known = this.#followers.get(symbol);
    if (known !== undefined) {
      known.askedAt = this.#options.timers.elapsed();
      return;
    }
    const follower: Follower = {
      stop: new AbortController(),
      askedAt: this.#options.timers.elapsed(),
      isSpeaking: false,
      waiting: new Set(),
    };
    this.#followers.set(symbol, follower);
    void this.#listen(symbol, follower);
  }

  /** Takes note of the last prices, asked for at a moment. */
  hear(tickers: readonly Ticker[], asOf: number): void {
    for (const { symbol, last } of tickers) this.#prices.set(symbol, { last, asOf });
  }

  /** Waits until the candles of a stretch have come, or are known not to come, or it is no use to wait any longer. */
  async arrival(symbol: string, missing: TimeStretch, signal: AbortSignal): Promise<void> {
    const follower = this.#followers.get(symbol);
    const { timers, timeframe } = this.#options;
    const isNext = missing.until - missing.from === timeframeMs(timeframe);
    const isComing = follower?.isSpeaking && isNext;
    if (follower === undefined || (!isComing && !this.#hears(symbol, missing.from))) return;
    const patience = this.#patience;
    if (patience.until !== missing.until) {
      Object.assign(patience, { until: missing.until, endsAt: timers.elapsed() + PATIENCE_MS });
    }
    if (timers.elapsed() >= patience.endsAt || this.#hasTold(symbol, missing)) return;
    await new Promise<void>((resolve) => {
      let cancelTimer = (): void => {};
      const end = (): void => {
        follower.waiting.delete(hear);
        cancelTimer();
        stopListening();
        resolve();
      };
      const hear = (time: number): void => {
        if (time + timeframeMs(timeframe) >= missing.until) end();
      };
      const look = (): void => {
        const leftMs = patience.endsAt - timers.elapsed();
        if (leftMs <= 0) follower.isSpeaking = false;
        if (leftMs <= 0 || this.#hasTold(symbol, missing)) end();
        else cancelTimer = timers.after(Math.min(leftMs, LOOK_MS), look);
      };
      const stopListening = onAbort(signal, end);
      follower.waiting.add(hear);
      look();
    });
  }

  /** Whether nobody traded in a stretch, as far as the stream tells: it was never down, and no candle came. */
  isSilent(symbol: string, stretch: TimeStretch): boolean {
    return this.#hears(symbol, stretch.from) && this.#hasTold(symbol, stretch);
  }

  /** Whether the last price, asked for at a moment or later, is still this one. A channel may die while its connection lives. */
  isStill(symbol: string, price: number, since: number): boolean {
    const known = this.#prices.get(symbol);
    return known !== undefined && known.asOf >= since && known.last === price;
  }

  close(): void {
    for (const { stop } of this.#followers.values()) stop.abort();
    this.#followers.clear();
  }

  #hears(symbol: string, from: number): boolean {
    const stretch = this.#stretch(symbol);
    return stretch !== undefined && stretch.from <= from;
  }

  #hasTold(symbol: string, { until }: TimeStretch): boolean {
    return (this.#stretch(symbol)?.until ?? Number.NEGATIVE_INFINITY) >= until;
  }

  #stretch(symbol: string): TimeStretch | undefined {
    const { provider, timeframe } = this.#options;
    return provider.streamedStretch?.(symbol, timeframe);
  }

  async #listen(symbol: string, follower: Follower): Promise<void> {
    const { timers } = this.#options;
    const { signal } = follower.stop;
    while (!signal.aborted) {
      const error = await this.#read(symbol, follower).catch((reason: unknown) => reason);
      follower.isSpeaking = false;
      const isRefused = ScannerError.is(error) && error.code === 'unsupported';
      await sleep(isRefused ? REFUSED_MS : RETRY_MS, timers, signal);
    }
  }

  /** Reads the stream of a symbol to its end. */
  async #read(symbol: string, follower: Follower): Promise<void> {
    const { provider, timeframe, logger } = this.#options;
    const { signal } = follower.stop;
    try {
      for await (const candle of provider.watchCandles?.(symbol, timeframe, { signal }) ?? []) {
        this.#hear(symbol, follower, candle);
      }
    } catch (error) {
      if (!signal.aborted) logger.warn('a stream of candles failed', { symbol, error });
      throw error;
    }
  }

  #hear(symbol: string, follower: Follower, candle: Candle): void {
    follower.isSpeaking = true;
    this.#options.learn(symbol, candle);
    for (const hear of [...follower.waiting]) hear(candle.time);
    if (this.#options.timers.elapsed() - follower.askedAt < FORGET_MS) return;
    follower.stop.abort();
    this.#followers.delete(symbol);
  }
}
