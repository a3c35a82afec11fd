import { expect, test } from 'vitest';
import { KeyedCache } from '../../src/mcp/keyed-cache.js';

test('a value is kept as long as its reader likes, and no longer', () => {
  const cache = new KeyedCache<number>(9);
  cache.set('a', 1, 100);
  expect([cache.get('a', 150, 50), cache.get('a', 151, 50), cache.get('b', 100, 50)]).toEqual([
    1,
    undefined,
    undefined,
  ]);
  cache.delete('a');
  expect(cache.get('a', 100, 50)).toBeUndefined();
});

test('what was not read for longest leaves first', () => {
  const cache = new KeyedCache<number>(2);
  cache.set('a', 1, 0);
  cache.set('b', 2, 0);
  cache.get('a', 0, 0);
  cache.set('c', 3, 0);
  expect(['a', 'b', 'c'].map((key) => cache.get(key, 0, 0))).toEqual([1, undefined, 3]);
});
