import { ScannerError } from '../../errors.js';
import { withDeadline } from '../../parallel/deadline.js';
import type { Timers } from '../../ports/clock.js';

/** A venue that never settles a question is given up on, and asked anew. */
const GIVEN_UP_MS = 60_000;

/**
 * How long the others wait for a venue. A question that ran out of time goes on, and until it is settled the venue is not waited
 * for again: a hung venue delays one question, not all of them.
 */
export class VenuePatience {
  readonly #ms: number;
  readonly #timers: Timers;
  readonly #lateSince = new Map<string, number>();

  constructor(ms: number, timers: Timers) {
    this.#ms = ms;
    this.#timers = timers;
  }

  /** @throws ScannerError `timeout` when the venue is late; otherwise what `ask` throws. */
  async wait<T>(venue: string, signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
    if (this.#isLate(venue)) {
      throw new ScannerError('timeout', `${venue} has not answered an earlier question yet`);
    }
    const timers = this.#timers;
    let isSettled = false;
    let asked: number | undefined;
    const settle = (): void => {
      isSettled = true;
      if (this.#lateSince.get(venue) === asked) this.#lateSince.delete(venue);
    };
    const question = async (): Promise<T> => {
      const answer = ask();
      answer.then(settle, settle);
      return answer;
    };
    try {
      const limits = { ms: this.#ms, timers, what: `asking ${venue}`, signal };
      return await withDeadline(question, limits);
    } catch (error) {
      const isLate = ScannerError.is(error) && error.code === 'timeout' && !isSettled;
      if (isLate) {
        asked = timers.elapsed();
        this.#lateSince.set(venue, asked);
      }
      throw error;
    }
  }

  #isLate(venue: string): boolean {
    const since = this.#lateSince.get(venue);
    return since !== undefined && this.#timers.elapsed() - since < GIVEN_UP_MS;
  }
}
