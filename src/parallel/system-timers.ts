import type { Timers } from '../ports/clock.js';

/** The longest delay a timer of the machine can be given. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The time of the machine. */
export const systemTimers: Timers = {
  elapsed: () => performance.now(),
  after(delayMs, callback) {
    const due = performance.now() + delayMs;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (ms: number): void => {
      timer = setTimeout(wake, Math.min(Math.ceil(ms), LONGEST_DELAY_MS));
    };
    // Timers count whole milliseconds of a clock that lags behind, and so may call up to two too early: whoever looked at a
    // deadline then would find a little time left.
    const wake = (): void => {
      const leftMs = due - performance.now();
      if (leftMs > 0) wait(leftMs);
      else callback();
    };
    wait(delayMs);
    return () => clearTimeout(timer);
  },
};
