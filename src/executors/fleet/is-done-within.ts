import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';

/** Waits for work, but not for longer than so many milliseconds; whether it was done by then. */
export function isDoneWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  return withDeadline(() => work, { ms, timers: systemTimers, what: 'work' }).then(
    () => true,
    () => false,
  );
}
