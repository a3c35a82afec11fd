import { SingleFlight } from '../../parallel/single-flight.js';
import type { Clock, Timers } from '../../ports/clock.js';
import type { RequestOptions } from '../../ports/data-provider.js';

/** Asks the exchange for its time. */
export type TimeQuestion = (options: RequestOptions) => Promise<number>;

/** How long a measured difference is taken to hold: clocks drift by milliseconds an hour. */
const VALID_MS = 600_000;

/** The exchange's present, by the clock of this machine and the difference between the two that was measured last. */
export class ServerClock {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #ask: TimeQuestion | undefined;
  readonly #flight = new SingleFlight();
  #measuredAt = Number.NEGATIVE_INFINITY;
  #offsetMs = 0;

  /** @param ask - Without it the two clocks are taken to agree. */
  constructor(clock: Clock, timers: Timers, ask: TimeQuestion | undefined) {
    this.#clock = clock;
    this.#timers = timers;
    this.#ask = ask;
  }

  /** The exchange's present by the last measurement, epoch milliseconds. */
  now(): number {
    return this.#clock() + this.#offsetMs;
  }

  /** Measures the difference, unless that was done of late; those who ask at once share one answer. */
  async synchronize(options?: RequestOptions): Promise<void> {
    if (this.#ask === undefined || this.#timers.elapsed() - this.#measuredAt < VALID_MS) return;
    const ask = this.#ask;
    await this.#flight.run(
      'time',
      (signal) => this.#measure(ask({ signal }), signal),
      options?.signal,
    );
  }

  async #measure(answer: Promise<number>, signal: AbortSignal): Promise<void> {
    try {
      const answered = await answer;
      // By now it is later there by as long as the answer travelled. Behind is the safe side: no candle is taken for closed early.
      this.#offsetMs = answered - this.#clock();
    } catch (error) {
      // What was measured before is still about right.
      if (this.#measuredAt === Number.NEGATIVE_INFINITY || signal.aborted) throw error;
    }
    this.#measuredAt = this.#timers.elapsed();
  }
}
