import type { Timers } from '../../../ports/clock.js';

/** Of the hundred connections that Bitget lets an address have, so many are used. */
const MOST_CONNECTIONS = 80;
/** Of the 300 that Bitget and Binance let an address open within five minutes, so many are. */
const MOST_OPENED = 240;
const WINDOW_MS = 300_000;

/** The connections to one exchange that a process may have, and may open, however many providers it has. */
export class ConnectionAllowance {
  readonly #timers: Timers;
  #held = 0;
  /** When connections were opened of late, oldest first. */
  #opened: number[] = [];
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Sets a connection aside for whoever asks. @returns Whether there was one. */
  hold(): boolean {
    if (this.#held >= MOST_CONNECTIONS) return false;
    this.#held++;
    return true;
  }

  /** Gives back what {@link hold} set aside. */
  release(): void {
    this.#held--;
  }

  /** Counts a connection that is to be opened now. @returns How long to wait before another try, 0 where it may be opened. */
  open(): number {
    const now = this.#timers.elapsed();
    this.#opened = this.#opened.filter((at) => now - at < WINDOW_MS);
    if (this.#opened.length >= MOST_OPENED) return this.#opened[0] + WINDOW_MS - now;
    this.#opened.push(now);
    return 0;
  }

  /** Whether it is still to be said that no connection may be opened for now: once, however many wait. */
  isNews(): boolean {
    const now = this.#timers.elapsed();
    if (now - this.#saidAt < WINDOW_MS) return false;
    this.#saidAt = now;
    return true;
  }
}

const ofProcess = new WeakMap<Timers, Map<string, ConnectionAllowance>>();

/** The one allowance of all who reach an exchange under a name and by the same clock. */
export function connectionAllowance(timers: Timers, name: string): ConnectionAllowance {
  const known = ofProcess.get(timers) ?? new Map<string, ConnectionAllowance>();
  const allowance = known.get(name) ?? new ConnectionAllowance(timers);
  ofProcess.set(timers, known.set(name, allowance));
  return allowance;
}
