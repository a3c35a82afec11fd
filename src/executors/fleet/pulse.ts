import type { Redis } from 'ioredis';
import { REDIS_NOW } from './redis-time.js';

/** How often a worker says that it is there. */
const BEAT_MS = 1_000;
/** Who was not heard for so long is gone or frozen. */
const ALIVE_MS = 3_500;

const BEAT = `${REDIS_NOW}
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])`;
const COUNT = `${REDIS_NOW}
return redis.call('ZCOUNT', KEYS[1], now - ARGV[1], '+inf')`;

/** Has Redis know that a worker is alive: one that was killed, or frozen with its connection open, is not. */
export class Pulse {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #worker = crypto.randomUUID();
  #timer: NodeJS.Timeout | undefined;

  constructor(redis: Redis, queue: string) {
    this.#redis = redis;
    this.#key = keyOf(queue);
  }

  /** Resolves when Redis knows of the worker. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => {
      // What is said while Redis is away would be said to it many times over when it is back.
      if (this.#redis.status === 'ready') void this.#beat();
    }, BEAT_MS);
    await this.#beat();
  }

  /** The worker takes nothing up any more. */
  stop(): void {
    clearInterval(this.#timer);
    if (this.#redis.status !== 'ready') return;
    this.#redis.zrem(this.#key, this.#worker).catch(() => {});
  }

  async #beat(): Promise<void> {
    // A beat that was lost is followed by another.
    await this.#redis.eval(BEAT, 1, this.#key, this.#worker, ALIVE_MS).catch(() => {});
  }
}

/** How many workers of a queue are alive. */
export async function livingWorkers(redis: Redis, queue: string): Promise<number> {
  return Number(await redis.eval(COUNT, 1, keyOf(queue), ALIVE_MS));
}

function keyOf(queue: string): string {
  return `ems:${queue}:pulse`;
}
