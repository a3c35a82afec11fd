import type { Redis, RedisOptions } from 'ioredis';
import { ScannerError } from '../../errors.js';
import { throwIfAborted, withDeadline } from '../../parallel/deadline.js';
import { onAbort } from '../../parallel/on-abort.js';
import { systemTimers } from '../../parallel/system-timers.js';
import { type Logger, silentLogger } from '../../ports/logger.js';

const RECONNECT_MS = 250;

/** How a connection behaves while Redis is away: it waits for it, or has every command fail at once. */
export type WhenAway = 'wait' | 'fail';

const BEHAVIOUR: Readonly<Record<WhenAway, RedisOptions>> = {
  wait: { maxRetriesPerRequest: null },
  // A scan can go on without Redis, so it must learn of it at once.
  fail: { maxRetriesPerRequest: 1, enableOfflineQueue: false },
};

/** What a connection is made with besides its URL. */
export interface FleetConnectionOptions {
  readonly whenAway: WhenAway;
  /** Hears when Redis goes and when it comes back. */
  readonly logger?: Logger | undefined;
}

/** A connection to the Redis of a fleet; it comes back by itself, for as long as it is not closed. */
export class FleetConnection {
  readonly redis: Redis;
  #fault = 'it does not answer';
  #isAway = false;

  constructor(
    Client: typeof Redis,
    url: string,
    { whenAway, logger = silentLogger }: FleetConnectionOptions,
  ) {
    const retryStrategy = (): number => RECONNECT_MS;
    this.redis = new Client(url, { ...BEHAVIOUR[whenAway], retryStrategy });
    // Every attempt that fails comes here, a few each second.
    this.redis.on('error', ({ message }: Error) => {
      this.#fault = message;
      if (!this.#isAway) logger.warn(`Redis is away: ${message}`);
      this.#isAway = true;
    });
    this.redis.on('ready', () => {
      if (this.#isAway) logger.info('Redis is back');
      this.#isAway = false;
    });
  }

  get isReady(): boolean {
    return this.redis.status === 'ready';
  }

  /** What a call that needs Redis fails with. The failure itself stays here: one of a login holds the password. */
  away(): ScannerError {
    return new ScannerError('network', `Redis is away: ${this.#fault}`);
  }

  /**
   * Asks Redis something that must be answered in time.
   *
   * @throws ScannerError `network` when it is not; `aborted`; a ScannerError of the question's own.
   */
  async ask<T>(
    question: (redis: Redis) => Promise<T>,
    ms: number,
    signal?: AbortSignal,
  ): Promise<T> {
    const asking = async (stop: AbortSignal): Promise<T> => {
      await this.#ready(stop);
      throwIfAborted(stop);
      return question(this.redis);
    };
    try {
      return await withDeadline(asking, { ms, timers: systemTimers, what: 'Redis', signal });
    } catch (error) {
      if (ScannerError.is(error) && error.code !== 'timeout') throw error;
      throw this.away();
    }
  }

  close(): void {
    this.redis.disconnect();
  }

  #ready(stop: AbortSignal): Promise<void> {
    if (this.isReady) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        stopListening();
        this.redis.off('ready', done);
        resolve();
      };
      const stopListening = onAbort(stop, done);
      this.redis.once('ready', done);
    });
  }
}
