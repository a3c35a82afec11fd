import { ScannerError } from '../errors.js';
import type { Timers } from '../ports/clock.js';
import { onAbort } from './on-abort.js';

/** What bounds a piece of work in time. */
export interface DeadlineOptions {
  /** How long the work may take, in milliseconds; at 0 or less it does not start. */
  readonly ms: number;
  readonly timers: Timers;
  /** What the work is, as the message of a timeout names it. */
  readonly what: string;
  readonly symbol?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs work that must not outlast a deadline.
 *
 * The result settles on time even when the work ignores its signal: what the work does after that is not waited for. Nothing
 * is left behind, neither a timer nor a listener on `signal`.
 *
 * @param work - Gets a signal that aborts at the deadline, or when `options.signal` does.
 * @throws ScannerError `timeout` at the deadline, `aborted` when `options.signal` aborts; otherwise what `work` throws.
 */
export function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  options: DeadlineOptions,
): Promise<T> {
  const { ms, timers, signal: parent, what, symbol } = options;
  if (parent?.aborted) return Promise.reject(abortedError(parent));
  const timeout = (): ScannerError =>
    new ScannerError('timeout', `${what} must finish within ${Math.max(0, Math.ceil(ms))} ms`, {
      symbol,
    });
  if (ms <= 0) return Promise.reject(timeout());
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    const stop = (error: ScannerError): void => {
      release();
      reject(error);
      controller.abort(error);
    };
    const stopListening = onAbort(parent, () => stop(abortedError(parent)));
    const cancelTimer = timers.after(ms, () => stop(timeout()));
    const release = (): void => {
      cancelTimer();
      stopListening();
    };
    // Work of a foreign source may throw at once, or give something else than a promise.
    const run = async (): Promise<T> => work(controller.signal);
    run().then(resolve, reject).finally(release);
  });
}

/** The error of a call whose signal was aborted, with the signal's reason underneath. */
export function abortedError(signal: AbortSignal | undefined): ScannerError {
  const reason: unknown = signal?.reason;
  if (ScannerError.is(reason) && reason.code === 'aborted') return reason;
  return new ScannerError('aborted', 'the caller stopped the work', { cause: reason });
}

/** @throws ScannerError `aborted` when the signal is. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError(signal);
}

/** Waits; on abort it ends at once, without an error: the caller looks at the signal. */
export function sleep(ms: number, timers: Timers, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      cancelTimer();
      stopListening();
      resolve();
    };
    const cancelTimer = timers.after(ms, wake);
    const stopListening = onAbort(signal, wake);
  });
}
