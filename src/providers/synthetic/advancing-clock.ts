import { quote, ScannerError } from '../../errors.js';
import { onAbort } from '../../parallel/on-abort.js';
import type { Clock, Timers } from '../../ports/clock.js';
import { clockFrom } from '../request.js';

/** Node's timers take no longer delay than some 24 days; looking again each hour is far below that. */
const LONGEST_DELAY_MS = 3_600_000;

/** A clock that can be pushed forward, and that tells those who wait for a moment. */
export class AdvancingClock {
  readonly #source: Clock;
  /** Absent where the source stands still: then only a push brings a moment nearer. */
  readonly #timers: Timers | undefined;
  readonly #waiting: Set<() => void> = new Set();
  #advanced = 0;

  constructor(source: number | Clock, timers: Timers) {
    this.#source = clockFrom(source);
    this.#timers = typeof source === 'function' ? timers : undefined;
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#source() + this.#advanced;
  }

  /** @throws ScannerError `config` unless `ms` is a whole number of at least 0. */
  advance(ms: number): void {
    if (!(Number.isSafeInteger(ms) && ms >= 0)) {
      throw new ScannerError('config', `advance must be whole milliseconds >= 0, was ${quote(ms)}`);
    }
    this.#advanced += ms;
    for (const wake of this.#waiting) wake();
  }

  /** Returns when the clock has reached `moment`, or may have, or the signal fired: the caller looks which. */
  until(moment: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted || this.now() >= moment) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel?.();
        this.#waiting.delete(wake);
        stopListening();
        resolve();
      };
      const delay = Math.min(LONGEST_DELAY_MS, moment - this.now());
      const cancel = this.#timers?.after(delay, wake);
      this.#waiting.add(wake);
      const stopListening = onAbort(signal, wake);
    });
  }
}
