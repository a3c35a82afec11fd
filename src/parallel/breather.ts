import type { Timers } from '../ports/clock.js';
import { sleep } from './deadline.js';

/** How long work may keep everything else waiting: short against the 50 ms in which an abort must be heard. */
const LONGEST_BREATH_MS = 15;

/**
 * Lets timers, aborts and the network have their turn during a long run of work that never waits for anything: data that is
 * already in memory settles its promises without ever leaving the queue of microtasks.
 */
export class Breather {
  readonly #timers: Timers;
  #since: number;
  #turn: Promise<void> | undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
    this.#since = timers.elapsed();
  }

  /** What to wait for before going on; `undefined` when it is not yet time. All who work side by side wait for the same. */
  turn(): Promise<void> | undefined {
    if (this.#turn !== undefined) return this.#turn;
    if (this.#timers.elapsed() - this.#since < LONGEST_BREATH_MS) return undefined;
    this.#turn = sleep(0, this.#timers).then(() => {
      this.#since = this.#timers.elapsed();
      this.#turn = undefined;
    });
    return this.#turn;
  }
}
