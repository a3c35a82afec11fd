import type { Worker } from 'bullmq';

const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;

/**
 * Has a worker take up nothing for a while, longer each time until it succeeds again. Whom the exchange shuts out fails batches
 * faster than others scan theirs, and would take them all.
 */
export class Rest {
  #nextMs = FIRST_MS;
  #timer: NodeJS.Timeout | undefined;

  /** Begins a rest, unless one is on. */
  begin(jobs: Worker): void {
    if (this.#timer !== undefined) return;
    void jobs.pause(true);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void jobs.resume();
    }, this.#nextMs);
    this.#nextMs = Math.min(this.#nextMs * 2, LONGEST_MS);
  }

  /** The worker does its work: the next rest is a short one again. */
  succeed(): void {
    this.#nextMs = FIRST_MS;
  }

  /** The worker takes nothing up any more. */
  end(): void {
    clearTimeout(this.#timer);
  }
}
