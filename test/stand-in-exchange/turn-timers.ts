import type { Timers } from '../../src/ports/clock.js';

interface Pending {
  readonly due: number;
  readonly callback: () => void;
}

const STRIDE_MS = 20;

/**
 * Time counted in turns of the event loop: a millisecond passes with each turn while somebody waits for time. Client and server
 * of a test live in one process, so both get their turn within every such millisecond, on whatever machine: real sockets, and
 * no clock that a stalled machine could spoil. A minute of waiting takes a moment.
 */
export class TurnTimers implements Timers {
  #now = 0;
  #isTurning = false;
  readonly #pending = new Set<Pending>();
  readonly #step: number;
  #msPerTurn: number;

  constructor(msPerTurn: number = 1) {
    this.#step = msPerTurn;
    this.#msPerTurn = msPerTurn;
  }

  elapsed(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = { due: this.#now + delayMs, callback };
    this.#pending.add(entry);
    if (!this.#isTurning) this.#turn();
    return () => this.#pending.delete(entry);
  }

  /** How many wait for time: none, when nothing was left behind. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Lets so much time pass, in longer strides: what happens meanwhile is not measured. */
  async pass(ms: number): Promise<void> {
    this.#msPerTurn = Math.max(this.#step, STRIDE_MS);
    await new Promise<void>((resolve) => this.after(ms, resolve));
    this.#msPerTurn = this.#step;
  }

  #turn(): void {
    this.#isTurning = true;
    setImmediate(() => {
      this.#now += this.#msPerTurn;
      for (const entry of [...this.#pending].sort((a, b) => a.due - b.due)) {
        if (entry.due <= this.#now && this.#pending.delete(entry)) entry.callback();
      }
      if (this.#pending.size > 0) this.#turn();
      else this.#isTurning = false;
    });
  }
}
