import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedMap, limiter } from '../../src/parallel/bounded-map.js';

describe('boundedMap', () => {
  test('keeps the order of the items and never exceeds its bound', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer(), { maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        async (scheduler, items, bound) => {
          let running = 0;
          let most = 0;
          const mapped = boundedMap(items, limiter(bound), async (item) => {
            most = Math.max(most, ++running);
            await scheduler.schedule(Promise.resolve());
            running--;
            return item * 2;
          });
          await scheduler.waitFor(mapped);
          expect(await mapped).toEqual(items.map((item) => item * 2));
          expect(most).toBeLessThanOrEqual(bound);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('starts nothing after an abort', async () => {
    const controller = new AbortController();
    const started: number[] = [];
    const mapped = boundedMap(
      [1, 2, 3, 4],
      limiter(1),
      async (item) => {
        started.push(item);
        if (item === 2) controller.abort();
      },
      controller.signal,
    );
    await expect(mapped).rejects.toMatchObject({ code: 'aborted' });
    expect(started).toEqual([1, 2]);
  });
});
