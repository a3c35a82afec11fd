import type { Redis } from 'ioredis';

/** Lua that has the time of Redis, epoch milliseconds, as `now`. */
export const REDIS_NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000`;

/** The time of Redis, epoch milliseconds: the one clock that all machines of a fleet share. */
export async function redisTime(redis: Redis): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Number(microseconds) / 1_000;
}
