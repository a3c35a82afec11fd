import { groupBy } from '../group-by.js';
import type { Graded } from './graded.js';

/** Whether outcomes have been drifting away from their chances. */
export interface Drift {
  /** Largest run of days with more hits, and with fewer, than forecast, in standard deviations beyond what is let pass. */
  readonly tooMany: number;
  readonly tooFew: number;
  /** Whether either is beyond {@link DRIFT_LIMIT}. */
  readonly alarm: boolean;
}

const DAY_MS = 86_400_000;

/** Half of a shift of one deviation a day: what is let pass each day. */
const ALLOWANCE = 0.5;

/** Chance alone reaches it about once in 465 days. */
export const DRIFT_LIMIT = 5;

/** How many signals of one day carry the information of one: they share its news. */
const DESIGN_EFFECT = 2;

/**
 * Cumulative sums of the days' surprises, both ways. E. S. Page, "Continuous Inspection Schemes", Biometrika 41 (1954).
 *
 * @param graded - In the order they ended.
 */
export function driftOf(graded: readonly Graded[]): Drift {
  let tooMany = 0;
  let tooFew = 0;
  let highest = 0;
  let lowest = 0;
  const days = groupBy(graded, ({ outcome }) => String(Math.floor(outcome.endedAt / DAY_MS)));
  for (const day of days.values()) {
    const surprise = surpriseOf(day);
    tooMany = Math.max(0, tooMany + surprise - ALLOWANCE);
    tooFew = Math.max(0, tooFew - surprise - ALLOWANCE);
    highest = Math.max(highest, tooMany);
    lowest = Math.max(lowest, tooFew);
  }
  return { tooMany: highest, tooFew: lowest, alarm: Math.max(highest, lowest) > DRIFT_LIMIT };
}

/** How many more of a day's signals hit than forecast, in standard deviations. */
function surpriseOf(day: readonly Graded[]): number {
  let more = 0;
  let variance = 0;
  for (const { signal, isHit } of day) {
    more += (isHit ? 1 : 0) - signal.p;
    variance += signal.p * (1 - signal.p);
  }
  return variance > 0 ? more / Math.sqrt(DESIGN_EFFECT * variance) : 0;
}
