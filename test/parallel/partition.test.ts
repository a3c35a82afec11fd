import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partition } from '../../src/parallel/batches.js';
import { inShard } from '../../src/parallel/shard.js';

describe('partition', () => {
  test('covers every item exactly once, in order, in batches of nearly one size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 40 }), (items, count) => {
        const batches = partition(items, count);
        const sizes = batches.map(({ length }) => length);
        expect(batches.flat()).toEqual(items);
        expect(batches.length).toBe(Math.min(count, items.length));
        if (items.length > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(2);
      }),
    );
  });
});

describe('inShard', () => {
  test('puts every key into exactly one shard', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 50 }), (key, count) => {
        const shards = Array.from({ length: count }, (_, index) => inShard(key, { index, count }));
        expect(shards.filter(Boolean)).toHaveLength(1);
      }),
    );
  });

  test('spreads keys that differ little over all shards', () => {
    const keys = Array.from({ length: 1_000 }, (_, i) => `COIN${i}/USDT`);
    for (const count of [2, 3, 5, 8]) {
      for (let index = 0; index < count; index++) {
        const share = keys.filter((key) => inShard(key, { index, count })).length / keys.length;
        expect(share * count).toBeGreaterThan(0.75);
        expect(share * count).toBeLessThan(1.25);
      }
    }
  });

  test('gives the same shard on every machine and in every version', () => {
    const shards = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT:USDT', ''].map((key) =>
      [0, 1, 2, 3, 4].findIndex((index) => inShard(key, { index, count: 5 })),
    );
    expect(shards).toEqual([1, 2, 0, 3]);
  });
});
