/** The current time in epoch milliseconds. Live it is `Date.now`; over history it is the moment being replayed. */
export type Clock = () => number;

/**
 * How time passes. Durations, deadlines and intervals are measured and awaited through this alone, so that a test can bring
 * its own time.
 */
export interface Timers {
  /** Milliseconds since some fixed moment. Never runs backwards, whatever happens to the wall clock. */
  elapsed(): number;
  /** Calls `callback` once, `delayMs` from now and never earlier; the result calls it off. */
  after(delayMs: number, callback: () => void): () => void;
}
