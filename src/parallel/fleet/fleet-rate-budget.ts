import type { Charge } from '../../ports/charge.js';
import type { RateBudget, TakeOptions } from '../../ports/rate-budget.js';
import { abortedError, sleep } from '../deadline.js';
import { onAbort } from '../on-abort.js';
import { LocalRateBudget } from '../rate-budget.js';
import { joinLine, lineOf, rankOf, requireWeights, type Waiting } from '../rate-pace.js';
import { systemTimers } from '../system-timers.js';
import { freeze, type Grant, spend } from './budget-script.js';
import type { FleetConnection } from './fleet-connection.js';
import { loadFleetPackages, requireRedisUrl } from './fleet-packages.js';

/** How a budget is shared. */
export interface FleetRateBudgetOptions {
  /** `redis://` or, with TLS, `rediss://`; user and password stand in it. */
  readonly redis: string;
  /** Names the address that requests leave by. All who leave by one, and they alone, give one name. @defaultValue 'shared' */
  readonly address?: string | undefined;
  /**
   * What to do while Redis is away: `wait` for it, so that nobody ever asks too much, or `spend` as if alone behind the address,
   * as a scanner does that goes on without its fleet.
   * @defaultValue 'wait'
   */
  readonly whenAway?: 'wait' | 'spend' | undefined;
}

/** A budget that all processes behind one address share. */
export interface FleetRateBudget extends RateBudget, AsyncDisposable {
  /** Lets go of Redis. */
  close(): Promise<void>;
}

const ANSWER_MS = 500;
/** How long Redis is left alone when it did not answer. */
const PAUSE_MS = 250;
/** How many of one line ask at once: two, so that the way to Redis and back is no pause between requests. */
const ASKING = 2;

interface Waiter extends Waiting {
  readonly signal: AbortSignal | undefined;
  readonly go: () => void;
}

interface Line {
  readonly waiting: Waiter[];
  asking: number;
}

/**
 * Opens a budget that is kept in Redis: however many processes draw on it, together they stay within the limits of one address.
 * Limits are spent as by a process alone, at the same pace. Who waits in one process goes by urgency, processes go in turn.
 *
 * @throws ScannerError `config` when bullmq or ioredis is not installed, or the URL is none.
 *
 * @example
 * ```ts
 * import { fleetRateBudget, startFleetWorker } from 'enhanced-market-scanner/parallel/fleet';
 * import { ccxtProviderByName } from 'enhanced-market-scanner/providers/ccxt';
 *
 * const redis = 'redis://localhost:6379';
 * const budget = await fleetRateBudget({ redis, address: '203.0.113.7' });
 * const worker = await startFleetWorker({ redis, open: () => ccxtProviderByName('bitget', { budget }) });
 * ```
 */
export async function fleetRateBudget(options: FleetRateBudgetOptions): Promise<FleetRateBudget> {
  const url = requireRedisUrl(options.redis);
  const { connect } = await loadFleetPackages();
  return new RedisRateBudget(connect(url, { whenAway: 'fail' }), options);
}

class RedisRateBudget implements FleetRateBudget {
  readonly #connection: FleetConnection;
  readonly #address: string;
  readonly #alone: LocalRateBudget | undefined;
  readonly #lines: Map<string, Line> = new Map();
  readonly #frozenUntil: Map<string, number> = new Map();
  #awayUntil = Number.NEGATIVE_INFINITY;

  constructor(
    connection: FleetConnection,
    { address = 'shared', whenAway = 'wait' }: FleetRateBudgetOptions,
  ) {
    this.#connection = connection;
    this.#address = address;
    this.#alone = whenAway === 'spend' ? new LocalRateBudget() : undefined;
  }

  take(charges: readonly Charge[], options: TakeOptions = {}): Promise<void> {
    const { signal, priority = 'tail' } = options;
    requireWeights(charges);
    if (signal?.aborted) return Promise.reject(abortedError(signal));
    return new Promise((resolve, reject) => {
      const stopListening = onAbort(signal, () => {
        this.#leave(waiter);
        reject(abortedError(signal));
      });
      const go = (): void => {
        stopListening();
        resolve();
      };
      const waiter: Waiter = { charges, rank: rankOf(priority), signal, go };
      const line = this.#lines.get(lineOf(waiter)) ?? { waiting: [], asking: 0 };
      this.#lines.set(lineOf(waiter), line);
      joinLine(line.waiting, waiter);
      this.#serve(line);
    });
  }

  freeze(limitName: string, ms: number): void {
    this.#rememberFrozen(limitName, ms);
    this.#alone?.freeze(limitName, ms);
    const telling = this.#connection.ask(
      (redis) => freeze(redis, this.#address, limitName, ms),
      ANSWER_MS,
    );
    // Without Redis each process keeps to what it was told itself.
    telling.catch(() => {});
  }

  frozenFor(limitName: string): number {
    return Math.max(0, (this.#frozenUntil.get(limitName) ?? 0) - systemTimers.elapsed());
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Has the first of a line ask, as many as may at once. */
  #serve(line: Line): void {
    while (line.asking < ASKING && line.waiting.length > 0) {
      const waiter = line.waiting.shift() as Waiter;
      line.asking++;
      void this.#admit(waiter).finally(() => {
        line.asking--;
        this.#serve(line);
      });
    }
  }

  #leave(waiter: Waiter): void {
    const line = this.#lines.get(lineOf(waiter))?.waiting ?? [];
    const place = line.indexOf(waiter);
    if (place >= 0) line.splice(place, 1);
  }

  /** Asks until a moment is granted, and waits for it. */
  async #admit({ charges, signal, go }: Waiter): Promise<void> {
    while (!signal?.aborted) {
      const { isGranted, waitMs } = await this.#ask(charges);
      await sleep(waitMs, systemTimers, signal);
      // An exchange may have asked for a pause in the meantime.
      if (isGranted && charges.every(({ limit }) => this.frozenFor(limit.name) === 0)) return go();
    }
  }

  async #ask(charges: readonly Charge[]): Promise<Pick<Grant, 'isGranted' | 'waitMs'>> {
    if (systemTimers.elapsed() < this.#awayUntil) return this.#without(charges);
    try {
      const grant = await this.#connection.ask(
        (redis) => spend(redis, this.#address, charges),
        ANSWER_MS,
      );
      for (const [name, ms] of grant.frozenMs) this.#rememberFrozen(name, ms);
      return grant;
    } catch {
      this.#awayUntil = systemTimers.elapsed() + PAUSE_MS;
      return this.#without(charges);
    }
  }

  async #without(charges: readonly Charge[]): Promise<Pick<Grant, 'isGranted' | 'waitMs'>> {
    if (this.#alone === undefined) return { isGranted: false, waitMs: PAUSE_MS };
    await this.#alone.take(charges);
    return { isGranted: true, waitMs: 0 };
  }

  #rememberFrozen(limitName: string, ms: number): void {
    const until = Math.max(this.#frozenUntil.get(limitName) ?? 0, systemTimers.elapsed() + ms);
    this.#frozenUntil.set(limitName, until);
  }
}
