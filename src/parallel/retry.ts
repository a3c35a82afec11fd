import type { Timers } from '../ports/clock.js';
import { sleep, throwIfAborted } from './deadline.js';

/** When work is tried again. */
export interface RetryOptions {
  readonly timers: Timers;
  readonly signal?: AbortSignal | undefined;
  /** How often work that failed with `error` may be tried again in all; 0 for never. */
  readonly retries: (error: unknown) => number;
  /** Longest wait before the first retry; each further wait may be twice as long. @defaultValue 250 */
  readonly baseMs?: number;
  /** A number from 0 to 1 that a wait is drawn with. @defaultValue Math.random */
  readonly random?: () => number;
}

/**
 * Tries work again after waits of a random length: those that failed together do not come back together.
 *
 * @throws What the last try threw, or ScannerError `aborted` when the signal aborts between two tries.
 */
export async function retrying<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { timers, signal, retries, baseMs = 250, random = Math.random } = options;
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= retries(error)) throw error;
    }
    await sleep(random() * baseMs * 2 ** tries, timers, signal);
    throwIfAborted(signal);
  }
}
