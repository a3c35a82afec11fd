import { ScannerError } from '../errors.js';
import { Breather } from '../parallel/breather.js';
import { throwIfAborted, withDeadline } from '../parallel/deadline.js';
import { LinkedSignal } from '../parallel/linked-signal.js';
import type { Timers } from '../ports/clock.js';
import type { ScannerConfig } from './config.js';
import { asScannerError } from './source-error.js';

/** What a call made during a scan carries. */
export interface RunRequest {
  readonly signal: AbortSignal;
  readonly asOf: number;
}

/** How long a call may take, and of what it is. */
export interface CallOptions {
  /** The call ends after this long, or with the scan if that is sooner. */
  readonly maxMs?: number | undefined;
  readonly symbol?: string | undefined;
}

/** What a scan begins with. */
export interface ScanRunOptions {
  /** The clock's time, epoch milliseconds. */
  readonly startedAt: number;
  readonly config: ScannerConfig;
  readonly timers: Timers;
  /** Each of them stops the scan. */
  readonly signals: readonly (AbortSignal | undefined)[];
  /** How much of `config.deadlineMs` had passed when this process took it up. @defaultValue 0 */
  readonly elapsedMs?: number | undefined;
}

/** One scan under way: the moment it speaks of, the time it has left, and the signal that stops it. */
export class ScanRun {
  readonly startedAt: number;
  /** The settings of this scan; another may take on more or less. */
  readonly config: ScannerConfig;
  /** The moment every question of the scan is asked for; the start until the source has told its own time. */
  asOf: number;
  readonly #link: LinkedSignal;
  readonly #timers: Timers;
  readonly #begin: number;
  readonly #breather: Breather;

  constructor(options: ScanRunOptions) {
    const { startedAt, config, timers, signals, elapsedMs = 0 } = options;
    this.startedAt = startedAt;
    this.config = config;
    this.asOf = startedAt;
    this.#link = new LinkedSignal(signals);
    this.#timers = timers;
    this.#begin = timers.elapsed() - elapsedMs;
    this.#breather = new Breather(timers);
  }

  get signal(): AbortSignal {
    return this.#link.signal;
  }

  elapsedMs(): number {
    return this.#timers.elapsed() - this.#begin;
  }

  /** What work that never waits by itself must wait for now and then; `undefined` when it is not yet time. */
  breath(): Promise<void> | undefined {
    return this.#breather.turn();
  }

  /** Stops what still runs for this scan and lets go of the caller's signal. */
  end(): void {
    this.#link.release();
    this.#link.abort(new ScannerError('aborted', 'the scan has ended'));
  }

  /**
   * Makes a call that ends with the scan at the latest.
   *
   * @param what - Who or what is called, as the message of a timeout names it.
   * @throws ScannerError `timeout`, `aborted`, or what the call throws; what is foreign counts as `network`.
   */
  async call<T>(
    what: string,
    work: (request: RunRequest) => Promise<T>,
    { maxMs = Number.POSITIVE_INFINITY, symbol }: CallOptions = {},
  ): Promise<T> {
    throwIfAborted(this.signal);
    const { deadlineMs } = this.config;
    const leftMs = deadlineMs - this.elapsedMs();
    if (leftMs <= 0) {
      throw new ScannerError(
        'timeout',
        `${what} had no turn before the scan's deadline of ${deadlineMs} ms`,
        { symbol },
      );
    }
    try {
      return await withDeadline((signal) => work({ signal, asOf: this.asOf }), {
        ms: Math.min(maxMs, leftMs),
        timers: this.#timers,
        what,
        symbol,
        signal: this.signal,
      });
    } catch (error) {
      throw asScannerError(error, symbol);
    }
  }
}
