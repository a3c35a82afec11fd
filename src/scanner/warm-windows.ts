import type { Timeframe } from '../market/timeframe.js';
import type { ReadWindow } from './read-window.js';

/**
 * The windows of the symbols scanned last, so that the next scan reads new candles only. A window that a series does not
 * continue is read afresh; a kept and a fresh one give the same.
 */
export class WarmWindows {
  readonly #capacity: number;
  /** In order of use, the longest unused first. */
  readonly #windows = new Map<string, Map<Timeframe, ReadWindow>>();

  /** @param capacity - Most symbols that are kept. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#windows.size;
  }

  /** The windows of one symbol, and from now on the one used last. */
  of(symbol: string): Map<Timeframe, ReadWindow> {
    const windows = this.#windows.get(symbol) ?? new Map<Timeframe, ReadWindow>();
    this.#windows.delete(symbol);
    this.#windows.set(symbol, windows);
    if (this.#windows.size > this.#capacity) {
      const [oldest] = this.#windows.keys();
      this.#windows.delete(oldest);
    }
    return windows;
  }

  clear(): void {
    this.#windows.clear();
  }
}
