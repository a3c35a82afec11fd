import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { AddressLedger } from '../../scripts/plan-fleet/address-ledger.js';
import { measured } from '../../scripts/plan-fleet/measured.js';
import { withTables } from '../../scripts/plan-fleet/page.js';
import { type PlanTable, planTables } from '../../scripts/plan-fleet/scenarios.js';
import { VirtualTime } from '../../scripts/plan-fleet/virtual-time.js';
import { SPEND, spendArguments } from '../../src/executors/fleet/redis-ledger.js';
import type { RateLimit } from '../../src/ports/charge.js';
import { hasRedis, RedisServer } from '../executors/fleet/redis-server.js';

const PAGE = readFileSync('docs/how-to/plan-a-fleet.md', 'utf8');
const KEPT: { readonly tables: readonly PlanTable[] } = JSON.parse(
  readFileSync('bench/results/fleet-plan.json', 'utf8'),
);

describe('the page that plans a fleet', () => {
  test('has the tables that were kept, and no others', () => {
    expect(withTables(PAGE, KEPT.tables)).toBe(PAGE);
    expect(PAGE.match(/<!-- table: \w+ -->/g)).toHaveLength(KEPT.tables.length);
  });

  test('was made from what was measured last, and the simulation gives it again', async () => {
    const again = await planTables(measured(), ['trust', 'sharing', 'distance']);
    const kept = KEPT.tables.filter(({ id }) => again.some((table) => table.id === id));
    expect(again).toEqual(kept);
  });
});

/** Slow enough for what is spent in the test not to be earned again meanwhile, in Redis' own time. */
const LIMITS: readonly RateLimit[] = [
  { name: 'venue/candles', weight: 20, perMs: 60_000 },
  { name: 'venue', weight: 500, perMs: 600_000 },
];

test.skipIf(!hasRedis)(
  'the ledger of the simulation grants what the script in Redis grants (skipped where redis-server is not installed)',
  async () => {
    await using server = await RedisServer.start();
    const redis = new Redis(server.url);
    const question = fc.record({
      afterMs: fc.integer({ min: 0, max: 6_000 }),
      weights: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 25 }), async (questions) => {
        const ledger = new AddressLedger();
        const pipeline = redis.pipeline().flushall();
        let now = 1_700_000_000_000;
        const expected = questions.map(({ afterMs, weights }) => {
          now += afterMs;
          const charges = LIMITS.map((limit, i) => ({ limit, weight: weights[i] }));
          const keys = LIMITS.map(({ name }) => name);
          const script = `local now = tonumber(ARGV[#ARGV])${SPEND}`;
          pipeline.eval(script, keys.length, ...keys, ...spendArguments(charges), now);
          return ledger.spend(charges, now);
        });
        const [, ...answers] = (await pipeline.exec()) ?? [];
        for (const [i, [error, answer]] of answers.entries()) {
          expect(error).toBeNull();
          const [isGranted, waitMs] = answer as [number, string];
          expect(isGranted === 1).toBe(expected[i].isGranted);
          // The script keeps thousandths of a millisecond.
          expect(Number(waitMs)).toBeCloseTo(expected[i].waitMs, 1);
        }
      }),
      { numRuns: 50 },
    );
    redis.disconnect();
  },
);

describe('virtual time', () => {
  test('passes from event to event in order, and not past what was called off', async () => {
    const time = new VirtualTime();
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name} ${time.elapsed()}`);
    const done = new Promise<void>((resolve) => {
      const delays = [30, 10, 20, 10, 50, 40];
      for (const [i, delay] of delays.entries()) time.after(delay, note(`${i}`));
      time.after(25, note('off'))();
      time.after(45, resolve);
    });
    await time.run(done);
    expect(seen).toEqual(['1 10', '3 10', '2 20', '0 30', '5 40']);
  });

  test('says that it waits for what never comes', async () => {
    const never = new Promise(() => {});
    await expect(new VirtualTime().run(never)).rejects.toThrow('nothing will happen any more');
  });
});
