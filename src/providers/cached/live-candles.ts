import type { Candle } from '../../market/candle-series.js';
import type { Timeframe } from '../../market/timeframe.js';
import { sleep } from '../../parallel/deadline.js';
import { onAbort } from '../../parallel/on-abort.js';
import type { Timers } from '../../ports/clock.js';
import type { DataProvider } from '../../ports/data-provider.js';
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
/** A candle that just closed is waited for so long; then it is asked for. */
const PATIENCE_MS = 3_500;

/** Follows the streams of symbols that are asked for, and hands on what closes. */
export class LiveCandles {
  readonly #options: LiveCandlesOptions;
  readonly #followers = new Map<string, Follower>();
  /** Until when the candle that opened then is waited for: together, however many symbols wait in turn. */
  readonly #patience = { open: Number.NaN, endsAt: 0 };

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

  /** Waits until the candle that opened then has come, or it is no use to wait any longer. */
  async arrival(symbol: string, open: number, signal: AbortSignal): Promise<void> {
    const follower = this.#followers.get(symbol);
    if (follower === undefined || !follower.isSpeaking) return;
    const { timers } = this.#options;
    const patience = this.#patience;
    if (patience.open !== open) {
      Object.assign(patience, { open, endsAt: timers.elapsed() + PATIENCE_MS });
    }
    const leftMs = patience.endsAt - timers.elapsed();
    if (leftMs <= 0) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        follower.waiting.delete(hear);
        cancelTimer();
        stopListening();
        resolve();
      };
      const hear = (time: number): void => {
        if (time >= open) end();
      };
      const cancelTimer = timers.after(leftMs, () => {
        follower.isSpeaking = false;
        end();
      });
      const stopListening = onAbort(signal, end);
      follower.waiting.add(hear);
    });
  }

  close(): void {
    for (const { stop } of this.#followers.values()) stop.abort();
    this.#followers.clear();
  }

  async #listen(symbol: string, follower: Follower): Promise<void> {
    const { provider, timeframe, timers, logger } = this.#options;
    const { signal } = follower.stop;
    while (!signal.aborted) {
      try {
        for await (const candle of provider.watchCandles?.(symbol, timeframe, { signal }) ?? []) {
          this.#hear(symbol, follower, candle);
        }
      } catch (error) {
        if (!signal.aborted) logger.warn('a stream of candles failed', { symbol, error });
      }
      follower.isSpeaking = false;
      await sleep(RETRY_MS, timers, signal);
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
