const SAMPLE_MS = 5;

/**
 * Watches the event loop of this process from the moment it is made.
 *
 * Other work on the machine is no pause: one counts only as far as this process used the processor in it.
 */
export class PauseWatch {
  readonly #begin = performance.now();
  readonly #sampler = setInterval(() => this.#sample(), SAMPLE_MS);
  #before = this.#begin;
  #used = process.cpuUsage();
  #longestMs = 0;

  /** Ends the watch: the longest pause, and how long it went on without what other work took of the last gap. */
  end(): { readonly longestPauseMs: number; readonly elapsedMs: number } {
    clearInterval(this.#sampler);
    const untilLastTurn = this.#before - this.#begin;
    // Who computes to the very end leaves no turn for a last sample.
    const elapsedMs = untilLastTurn + this.#sample();
    return { longestPauseMs: this.#longestMs, elapsedMs };
  }

  /** How much of the gap since the last sample this process computed. */
  #sample(): number {
    const { user, system } = process.cpuUsage(this.#used);
    const now = performance.now();
    const computedMs = Math.min(now - this.#before, (user + system) / 1_000);
    this.#longestMs = Math.max(this.#longestMs, computedMs - SAMPLE_MS);
    this.#before = now;
    this.#used = process.cpuUsage();
    return computedMs;
  }
}
