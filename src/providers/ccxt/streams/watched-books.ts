import type { Timers } from '../../../ports/clock.js';
import type { CcxtLike } from '../exchange.js';
import type { ServerClock } from '../server-clock.js';
import { STREAMED_LEVELS } from './channel.js';
import type { StreamHub } from './stream-hub.js';
import { streamsBooks } from './subscribe.js';
import { WatchedBook } from './watched-book.js';

/** What watched books are read with. */
export interface WatchedBooksOptions {
  readonly exchange: CcxtLike;
  readonly clock: ServerClock;
  readonly timers: Timers;
}

/** A book on a connection that was silent for longer may be of the past. */
const FRESH_BOOK_MS = 10_000;
/** A book that has not changed for longer is asked for: its channel may have died while its connection lives. */
const OLD_BOOK_MS = 60_000;
/** A book that nobody asked for in so long is pushed no more: a scan looks at those of its candidates alone, and they change. */
const FORGET_MS = 900_000;

/** The books of an exchange that somebody asks for, as they are pushed. */
export class WatchedBooks {
  readonly #options: WatchedBooksOptions;
  readonly #hub: StreamHub;
  /** Those asked for, the one that nobody asked for in the longest time first. */
  readonly #books = new Map<string, WatchedBook>();

  constructor(options: WatchedBooksOptions, hub: StreamHub) {
    this.#options = options;
    this.#hub = hub;
  }

  /**
   * The book of a symbol as it was pushed last, in ccxt's form; `undefined` where there is none yet, or none this deep. Who asks
   * for a book has it pushed from then on.
   */
  newest(symbol: string, depth: number): unknown {
    if (!this.pushes(depth)) return undefined;
    const { clock, timers } = this.#options;
    const now = timers.elapsed();
    this.#forget(now - FORGET_MS);
    const watched = this.#books.get(symbol) ?? this.#watch(symbol);
    if (watched === undefined) return undefined;
    watched.askedAt = now;
    this.#books.delete(symbol);
    this.#books.set(symbol, watched);
    const isHeard = now - this.#hub.heardAt(watched) < FRESH_BOOK_MS;
    const isYoung = clock.now() - watched.time < OLD_BOOK_MS;
    return isHeard && isYoung ? watched.newest : undefined;
  }

  /** Whether books of so many levels are pushed at all. */
  pushes(depth: number): boolean {
    return depth <= STREAMED_LEVELS && streamsBooks(this.#options.exchange);
  }

  #watch(symbol: string): WatchedBook | undefined {
    const fresh = new WatchedBook(symbol);
    return this.#hub.add(fresh) ? fresh : undefined;
  }

  #forget(askedBefore: number): void {
    for (const [symbol, watched] of this.#books) {
      if (watched.askedAt >= askedBefore) return;
      this.#hub.remove(watched);
      this.#books.delete(symbol);
    }
  }
}
