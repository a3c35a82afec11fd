import { SingleFlight } from '../../parallel/single-flight.js';
import type { Clock } from '../../ports/clock.js';
import type { DataProvider, RequestOptions } from '../../ports/data-provider.js';

/**
 * How far ahead a moment may be and still be the present of somebody: clocks of several machines differ by seconds, and what one has
 * measured of an exchange's lags by as long as its answer travelled.
 */
export const FAST_CLOCK_MS = 60_000;

/** The present of a source, as far as it was heard of; that of the machine where a source does not tell. */
export class SourcePresent {
  readonly #clock: Clock;
  readonly #fetchTime: DataProvider['fetchTime'];
  readonly #flights = new SingleFlight();
  #told = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, fetchTime: DataProvider['fetchTime']) {
    this.#clock = clock;
    this.#fetchTime = fetchTime;
  }

  /** As it was told last; -Infinity before. */
  get told(): number {
    return this.#told;
  }

  /** Asks the source. */
  async ask(options?: RequestOptions): Promise<number> {
    this.#told = (await this.#fetchTime?.(options)) ?? this.#clock();
    return this.#told;
  }

  /** By how many milliseconds a moment is still to come; 0 for the present and the past. */
  async aheadBy(moment: number, signal: AbortSignal | undefined): Promise<number> {
    if (moment <= this.#told) return 0;
    const present = await this.#flights.run(
      'time',
      (shared) => this.ask({ signal: shared }),
      signal,
    );
    return Math.max(0, moment - present);
  }
}
