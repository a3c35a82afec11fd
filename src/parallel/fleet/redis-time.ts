import type { Redis } from 'ioredis';

/** The time of Redis, epoch milliseconds: the one clock that all machines of a fleet share. */
export async function redisTime(redis: Redis): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Number(microseconds) / 1_000;
}
