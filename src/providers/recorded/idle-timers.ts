import type { Timers } from '../../ports/clock.js';

interface Waiting {
  readonly due: number;
  readonly callback: () => void;
}

/** Turns of the event loop without anything new, after which only time can bring more. */
const IDLE_TURNS = 3;

/**
 * Time that stands still while there is work and leaps to the next timer when there is none: what waits for ten seconds
 * waits for them, and takes no time.
 */
export class IdleTimers implements Timers {
  readonly #waiting = new Set<Waiting>();
  #now = 0;
  #idle = 0;
  #isTurning = false;

  elapsed(): number {
    this.#idle = 0;
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = { due: this.#now + delayMs, callback };
    this.#waiting.add(entry);
    this.#idle = 0;
    this.#turn();
    return () => {
      this.#waiting.delete(entry);
      this.#idle = 0;
    };
  }

  #turn(): void {
    if (this.#isTurning || this.#waiting.size === 0) return;
    this.#isTurning = true;
    setImmediate(() => {
      this.#isTurning = false;
      this.#idle++;
      if (this.#idle >= IDLE_TURNS) this.#leap();
      this.#turn();
    });
  }

  #leap(): void {
    const [next] = [...this.#waiting].sort((a, b) => a.due - b.due);
    if (next === undefined) return;
    this.#waiting.delete(next);
    this.#now = next.due;
    this.#idle = 0;
    next.callback();
  }
}
