import type { Redis } from 'ioredis';

/** Longer than any batch of a scan that has ended is still worked on. */
const REMEMBERED_MS = 300_000;

/** Tells the workers that nobody waits for what is left of a scan. */
export async function endScan(redis: Redis, scanId: string): Promise<void> {
  await redis.set(keyOf(scanId), 1, 'PX', REMEMBERED_MS);
}

/** Whether nobody waits for a scan any more. */
export async function hasEnded(redis: Redis, scanId: string): Promise<boolean> {
  return (await redis.exists(keyOf(scanId))) === 1;
}

function keyOf(scanId: string): string {
  return `ems:ended:${scanId}`;
}
