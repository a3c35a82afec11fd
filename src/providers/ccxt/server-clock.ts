import { ScannerError } from '../../errors.js';
import { SingleFlight } from '../../parallel/single-flight.js';
import type { Clock, Timers } from '../../ports/clock.js';
import type { RequestOptions } from '../../ports/data-provider.js';

/** Asks the exchange for its time. */
export type TimeQuestion = (options: RequestOptions) => Promise<number>;

/** How long a measured difference is taken to hold: clocks drift by milliseconds an hour. */
const VALID_MS = 600_000;
/** A clock that has moved by more than this against the time that passed was set anew, or the machine slept. */
const JUMP_MS = 1_000;
/** An answer further from what was expected is not believed before another one says the same: a machine's clock is rarely so wrong. */
const SURPRISE_MS = 2_000;
/** Two answers may travel for different times. */
const AGREEMENT_MS = 5_000;

/**
 * The exchange's present, by the clock of this machine and the difference between the two that was measured last. Where this
 * machine's clock is set anew, by the time that has passed since.
 */
export class ServerClock {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #ask: TimeQuestion | undefined;
  readonly #flight = new SingleFlight();
  #measured: Measurement | undefined;

  /** @param ask - Without it the two clocks are taken to agree. */
  constructor(clock: Clock, timers: Timers, ask: TimeQuestion | undefined) {
    this.#clock = clock;
    this.#timers = timers;
    this.#ask = ask;
  }

  /** The exchange's present by the last measurement, epoch milliseconds. */
  now(): number {
    const local = this.#clock();
    if (this.#measured === undefined) return local;
    const { server, wall, elapsed } = this.#measured;
    const passed = Math.floor(this.#timers.elapsed() - elapsed);
    return hasJumped(local - wall, passed) ? server + passed : server + local - wall;
  }

  /**
   * Measures the difference, unless that was done of late; those who ask at once share one answer.
   *
   * @throws ScannerError as the question fails, when there is no measurement that still holds; `bad_data` when the exchange tells
   * two times that are neither near each other nor near what was expected.
   */
  async synchronize(options?: RequestOptions): Promise<void> {
    if (this.#ask === undefined || this.#isMeasured()) return;
    const ask = this.#ask;
    await this.#flight.run('time', (signal) => this.#measure(ask, signal), options?.signal);
  }

  #isMeasured(): boolean {
    if (this.#measured === undefined) return false;
    const { wall, elapsed } = this.#measured;
    const passed = this.#timers.elapsed() - elapsed;
    return passed < VALID_MS && !hasJumped(this.#clock() - wall, passed);
  }

  async #measure(ask: TimeQuestion, signal: AbortSignal): Promise<void> {
    let server: number;
    try {
      server = await this.#told(ask, signal);
    } catch (error) {
      // What was measured before is still about right.
      if (this.#measured === undefined || signal.aborted) throw error;
      server = this.now();
    }
    // By now it is later there by as long as the answer travelled. Behind is the safe side: no candle is taken for closed early.
    this.#measured = { server, wall: this.#clock(), elapsed: this.#timers.elapsed() };
  }

  /** One answer where it is what was expected, else what two agree on. */
  async #told(ask: TimeQuestion, signal: AbortSignal): Promise<number> {
    const first = await ask({ signal });
    if (isWithin(SURPRISE_MS, first, this.now())) return first;
    const begun = this.#timers.elapsed();
    const second = await ask({ signal });
    if (isWithin(SURPRISE_MS, second, this.now())) return second;
    const passed = this.#timers.elapsed() - begun;
    if (isWithin(AGREEMENT_MS, second, first + passed)) return second;
    throw new ScannerError(
      'bad_data',
      `the exchange must tell one time, told ${first} and then ${second} where about ${this.now()} was expected`,
    );
  }
}

/** What three clocks showed at one moment. */
interface Measurement {
  readonly server: number;
  readonly wall: number;
  readonly elapsed: number;
}

function hasJumped(moved: number, passed: number): boolean {
  return Math.abs(moved - passed) > JUMP_MS;
}

function isWithin(ms: number, told: number, expected: number): boolean {
  return Math.abs(told - expected) <= ms;
}
