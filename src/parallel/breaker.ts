import { ScannerError, type ScannerErrorCode } from '../errors.js';
import type { Timers } from '../ports/clock.js';

/** When a breaker opens, and for how long. */
export interface BreakerOptions {
  readonly timers: Timers;
  /** What is protected, as messages name it. */
  readonly what: string;
  /** Failures in a row that open it; those of calls that were under way together are one. @defaultValue 5 */
  readonly failures?: number;
  /** How long it then stays open, in milliseconds. @defaultValue 10_000 */
  readonly openMs?: number;
}

/**
 * Keeps calls from something that is down. After some failures in a row, or when told to, it is open: calls are refused at
 * once. When its time is over one call is let through as a probe; the others are refused until that one has succeeded.
 */
export class Breaker {
  readonly #timers: Timers;
  readonly #what: string;
  readonly #most: number;
  readonly #openMs: number;
  #failures = 0;
  /** How many failures there have been, each followed by calls that knew of it. */
  #seen = 0;
  /** What {@link Breaker.#seen} was when it opened last: calls from before know nothing of that. */
  #openedAt = 0;
  #openUntil = Number.NEGATIVE_INFINITY;
  #isOpen = false;
  #isProbing = false;
  #code: ScannerErrorCode = 'network';
  #reason = '';

  constructor({ timers, what, failures = 5, openMs = 10_000 }: BreakerOptions) {
    this.#timers = timers;
    this.#what = what;
    this.#most = failures;
    this.#openMs = openMs;
  }

  /** @throws ScannerError with the code it was opened with, while no call is to be made. */
  refuse(): void {
    const left = this.#openUntil - this.#timers.elapsed();
    if (!this.#isOpen || (left <= 0 && !this.#isProbing)) return;
    const when = left > 0 ? `for ${Math.ceil(left / 1000)} s` : 'until a probe succeeds';
    throw new ScannerError(
      this.#code,
      `${this.#what} is not asked ${when}, because ${this.#reason}`,
    );
  }

  /**
   * A call is about to be made.
   *
   * @returns Its place in time, by which its end is told.
   * @throws ScannerError as {@link Breaker.refuse} does.
   */
  enter(): number {
    this.refuse();
    this.#isProbing = this.#isOpen;
    return this.#seen;
  }

  /** The call succeeded: all is well, unless it was under way already when the breaker opened. */
  succeed(entered: number): void {
    if (entered < this.#openedAt) return;
    this.#failures = 0;
    this.#isOpen = false;
    this.#isProbing = false;
  }

  /** The call ended without telling whether the other side is well. */
  leave(entered: number): void {
    if (entered >= this.#openedAt) this.#isProbing = false;
  }

  /**
   * The call failed in a way that speaks of the other side as a whole. A cable that is cut fails thirty calls at once: who was
   * under way when another failed tells nothing new.
   */
  fail(reason: string, entered: number): void {
    if (entered < this.#seen) return;
    this.#seen++;
    this.#failures++;
    if (this.#isProbing || this.#failures >= this.#most) this.open(this.#openMs, 'network', reason);
  }

  /** Opens at once; a longer time that is on stays. */
  open(ms: number, code: ScannerErrorCode, reason: string): void {
    this.#isProbing = false;
    this.#openedAt = ++this.#seen;
    const until = this.#timers.elapsed() + ms;
    if (this.#isOpen && until <= this.#openUntil) return;
    this.#isOpen = true;
    this.#openUntil = until;
    this.#code = code;
    this.#reason = reason;
  }
}
