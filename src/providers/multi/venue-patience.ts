import { ScannerError } from '../../errors.js';
import { withDeadline } from '../../parallel/deadline.js';
import type { Timers } from '../../ports/clock.js';

/** A question that a venue never settles is given up on, and another one asked. */
const GIVEN_UP_MS = 60_000;

/** A venue that was late, and when the question that is to tell whether it is back was asked; `undefined` when none is under way. */
interface LateVenue {
  askedAt: number | undefined;
}

/**
 * How long the others wait for a venue. One that was late is not waited for again until it has answered: a hung venue delays one
 * question, not all of them. It goes on being asked, one question at a time, and is back with its first answer.
 */
export class VenuePatience {
  readonly #ms: number;
  readonly #timers: Timers;
  readonly #late = new Map<string, LateVenue>();

  constructor(ms: number, timers: Timers) {
    this.#ms = ms;
    this.#timers = timers;
  }

  /** @throws ScannerError `timeout` when the venue is late; otherwise what `ask` throws. */
  async wait<T>(venue: string, signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
    const late = this.#late.get(venue);
    if (late !== undefined) {
      if (!this.#isUnderWay(late)) this.#probe(venue, late, ask());
      throw new ScannerError('timeout', `${venue} was late, and has not answered since`);
    }
    const timers = this.#timers;
    let answer: Promise<T> | undefined;
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    const question = (): Promise<T> => {
      answer = ask();
      answer.then(settle, settle);
      return answer;
    };
    try {
      const limits = { ms: this.#ms, timers, what: `asking ${venue}`, signal };
      return await withDeadline(question, limits);
    } catch (error) {
      const isLate = ScannerError.is(error) && error.code === 'timeout' && !isSettled;
      if (isLate && answer !== undefined) {
        const fresh: LateVenue = { askedAt: undefined };
        this.#late.set(venue, fresh);
        this.#probe(venue, fresh, answer);
      }
      throw error;
    }
  }

  #probe(venue: string, late: LateVenue, answer: Promise<unknown>): void {
    const askedAt = this.#timers.elapsed();
    late.askedAt = askedAt;
    answer.then(
      () => this.#late.get(venue) === late && this.#late.delete(venue),
      () => {
        if (late.askedAt === askedAt) late.askedAt = undefined;
      },
    );
  }

  #isUnderWay({ askedAt }: LateVenue): boolean {
    return askedAt !== undefined && this.#timers.elapsed() - askedAt < GIVEN_UP_MS;
  }
}
