import type { Timers } from '../../src/ports/clock.js';

interface Pending {
  readonly due: number;
  readonly callback: () => void;
}

/** Time that passes only when a test says so. */
export class VirtualTimers implements Timers {
  #now = 0;
  readonly #pending = new Set<Pending>();

  elapsed(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = { due: this.#now + delayMs, callback };
    this.#pending.add(entry);
    return () => this.#pending.delete(entry);
  }

  /** How many timers wait: none, when nothing was left behind. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Lets time pass, timer by timer, and everything that waits for a timer run before the next one. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#pending.delete(next);
      this.#now = next.due;
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number): Pending | undefined {
    const due = [...this.#pending].filter((entry) => entry.due <= end);
    return due.toSorted((a, b) => a.due - b.due)[0];
  }
}

/** Lets every promise that can settle without a timer settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
