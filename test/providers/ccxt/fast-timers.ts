import type { Timers } from '../../../src/ports/clock.js';

/** The time of the machine, so many times faster: what takes seconds in the world takes a moment in a test. */
export function fastTimers(times: number): Timers {
  const start = performance.now();
  return {
    elapsed: () => (performance.now() - start) * times,
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs / times);
      return () => clearTimeout(timer);
    },
  };
}
