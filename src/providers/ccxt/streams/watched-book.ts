import type { Channel } from './channel.js';
import type { StreamView } from './stream-view.js';

/** The newest book that was pushed of one symbol, as ccxt has it. */
export class WatchedBook implements Channel {
  readonly topic = { kind: 'book' } as const;
  readonly symbol: string;
  /** When somebody last wanted it, by the timers. */
  askedAt: number = Number.NEGATIVE_INFINITY;
  #newest: unknown;

  constructor(symbol: string) {
    this.symbol = symbol;
  }

  read(view: StreamView): void {
    this.#newest = view.orderbooks[this.symbol];
  }

  /** What was pushed before a connection broke is a book of the past. */
  lost(): void {
    this.#newest = undefined;
  }

  refused(): void {
    this.#newest = undefined;
  }

  /** When the exchange wrote it, epoch milliseconds; -Infinity where it does not say. */
  get time(): number {
    const { timestamp } = (this.#newest ?? {}) as { timestamp?: unknown };
    return typeof timestamp === 'number' ? timestamp : Number.NEGATIVE_INFINITY;
  }

  /** The book as it stands now, since every change is pushed; `undefined` until the first push of a connection. */
  get newest(): unknown {
    return this.#newest;
  }
}
