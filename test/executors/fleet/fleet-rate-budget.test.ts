import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  type FleetRateBudgetOptions,
  fleetRateBudget,
} from '../../../src/executors/fleet/fleet-rate-budget.js';
import type { Charge, RateLimit } from '../../../src/ports/charge.js';
import { freePort, hasRedis, RedisServer } from './redis-server.js';

/** Eighty a second, ten of them at once after a pause. */
const CANDLES: RateLimit = { name: 'venue/candles', weight: 100, perMs: 1_000 };
const ALL: RateLimit = { name: 'venue', weight: 10_000, perMs: 60_000 };
/** Eight in ten seconds: one has to wait for more than a second. */
const SLOW: RateLimit = { name: 'slow/candles', weight: 10, perMs: 10_000 };

const one = (...limits: RateLimit[]): Charge[] => limits.map((limit) => ({ limit, weight: 1 }));

function open(redis: RedisServer, options: Partial<FleetRateBudgetOptions> = {}) {
  return fleetRateBudget({ redis: redis.url, ...options });
}

describe.skipIf(!hasRedis)(
  'a budget shared through Redis (skipped where redis-server is not installed)',
  () => {
    test('is spent by three as by one: at 80 % of the limit, with its burst', async () => {
      await using redis = await RedisServer.start();
      await using a = await open(redis);
      await using b = await open(redis);
      await using c = await open(redis);
      await Promise.all([a, b, c].map((budget) => budget.take(one(CANDLES, ALL))));
      const begun = performance.now();
      const grants = Array.from({ length: 240 }, async (_, i) => {
        await [a, b, c][i % 3].take(one(CANDLES, ALL));
        return performance.now();
      });
      const times = (await Promise.all(grants)).toSorted((x, y) => x - y);
      // A busy machine may be later, never earlier: 240 at eighty a second, less a burst of ten.
      expect(times[239] - begun).toBeGreaterThan((1_000 * (240 - 10)) / 80 - 50);
      const withinSecond = times.map((time) => times.filter((t) => t >= time && t < time + 1_000));
      expect(Math.max(...withinSecond.map(({ length }) => length))).toBeLessThanOrEqual(100);
    });

    test('belongs to an address: another has limits of its own', async () => {
      await using redis = await RedisServer.start();
      await using here = await open(redis, { address: 'here' });
      await using there = await open(redis, { address: 'there' });
      await here.take(one(SLOW));
      const told: string[] = [];
      const late = here.take(one(SLOW)).then(() => told.push('here'));
      await there.take(one(SLOW)).then(() => told.push('there'));
      await late;
      expect(told).toEqual(['there', 'here']);
    });

    test('an exchange that asks one for a pause is left alone by all, in all its limits', async () => {
      await using redis = await RedisServer.start();
      await using banned = await open(redis);
      await using other = await open(redis);
      await Promise.all([banned.take(one(ALL)), other.take(one(ALL))]);
      const begun = performance.now();
      banned.freeze('venue', 800);
      banned.freeze('venue', 100);
      expect(banned.frozenFor('venue')).toBeGreaterThan(0);
      await sleep(100);
      const waiting = other.take(one(CANDLES));
      await sleep(100);
      expect(other.frozenFor('venue')).toBeGreaterThan(0);
      expect(other.frozenFor('venue')).toBeLessThan(800);
      await waiting;
      expect(performance.now() - begun).toBeGreaterThan(790);
    });

    test('who waits goes by urgency, and who stops waiting is out of the way', async () => {
      await using redis = await RedisServer.start();
      await using budget = await open(redis);
      const limit = { ...SLOW, weight: 100 };
      await Promise.all(Array.from({ length: 10 }, () => budget.take(one(limit))));
      const order: string[] = [];
      const stop = new AbortController();
      const asking = [1, 2].map((i) =>
        budget.take(one(limit)).then(() => order.push(`first ${i}`)),
      );
      const fill = budget.take(one(limit), { priority: 'fill' }).then(() => order.push('fill'));
      const gone = budget.take(one(limit), { signal: stop.signal });
      const urgent = budget
        .take(one(limit), { priority: 'urgent' })
        .then(() => order.push('urgent'));
      stop.abort();
      await expect(gone).rejects.toMatchObject({ code: 'aborted' });
      await Promise.all([...asking, fill, urgent]);
      expect(order).toEqual(['first 1', 'first 2', 'urgent', 'fill']);
    });

    test('while Redis is away a worker waits for it, and goes on when it is back', async () => {
      await using redis = await RedisServer.start();
      await using budget = await open(redis);
      await budget.take(one(CANDLES));
      await redis.kill();
      let isGranted = false;
      const waiting = budget.take(one(CANDLES)).then(() => {
        isGranted = true;
      });
      await sleep(1_000);
      expect(isGranted).toBe(false);
      const stop = new AbortController();
      const gone = budget.take(one(CANDLES), { signal: stop.signal });
      stop.abort();
      await expect(gone).rejects.toMatchObject({ code: 'aborted' });
      await redis.start();
      await waiting;
    });
  },
);

describe('a budget of a scanner that goes on without its fleet', () => {
  test('is spent at the pace of one process while Redis is away', async () => {
    const redis = `redis://127.0.0.1:${await freePort()}`;
    await using budget = await fleetRateBudget({ redis, whenAway: 'spend' });
    const begun = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => budget.take(one(CANDLES))));
    expect(performance.now() - begun).toBeGreaterThan((1_000 * (50 - 10)) / 80 - 50);
  });

  test('refuses a charge that is none, and an aborted signal', async () => {
    const redis = `redis://127.0.0.1:${await freePort()}`;
    await using budget = await fleetRateBudget({ redis });
    expect(() => budget.take([{ limit: CANDLES, weight: Number.NaN }])).toThrow(/was NaN/);
    const taking = budget.take(one(CANDLES), { signal: AbortSignal.abort() });
    await expect(taking).rejects.toMatchObject({ code: 'aborted' });
  });
});
