import type { Timers } from '../ports/clock.js';

/** The time of the machine. */
export const systemTimers: Timers = {
  elapsed: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
