import { untilAborted } from './until-aborted.js';

/** Work that several wait for: it goes on as long as anybody does, and is stopped when the last one has lost patience. */
export class SharedWork {
  readonly #stopping = new AbortController();
  #waiting = 0;
  #impatience: unknown;

  /** Aborts, with the last one's reason, when nobody waits any more. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Waits for a part of the work until `signal` aborts. @throws the signal's reason, or what the part ends with. */
  async wait<T>(part: Promise<T>, signal: AbortSignal): Promise<T> {
    this.#waiting++;
    try {
      return await untilAborted(part, signal);
    } finally {
      this.#waiting--;
      if (signal.aborted) this.#impatience = signal.reason;
      // Without impatience everybody has what they waited for, and the work is done.
      const isGivenUp = this.#waiting === 0 && this.#impatience !== undefined;
      if (isGivenUp) this.#stopping.abort(this.#impatience);
    }
  }
}
