import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalRateBudget } from '../../src/parallel/rate-budget.js';
import type { Charge, RateLimit } from '../../src/ports/charge.js';
import type { RequestPriority } from '../../src/ports/rate-budget.js';
import { VirtualTimers } from './virtual-timers.js';

const LIMIT: RateLimit = { name: 'venue/candles', weight: 20, perMs: 1_000 };

function one(limit: RateLimit = LIMIT): readonly Charge[] {
  return [{ limit, weight: 1 }];
}

/** The most weight spent in any stretch of a limit's length. */
function worst(spent: readonly { at: number; weight: number }[], perMs: number): number {
  return Math.max(
    ...spent.map(({ at }) =>
      spent
        .filter((other) => other.at >= at && other.at < at + perMs)
        .reduce((sum, { weight }) => sum + weight, 0),
    ),
  );
}

describe('a rate budget', () => {
  it('spends 80 % of a limit in the long run, and never more than 90 % in any stretch', async () => {
    const timers = new VirtualTimers();
    const budget = new LocalRateBudget(timers);
    const spent: { at: number; weight: number }[] = [];
    for (let i = 0; i < 400; i++) {
      void budget.take(one()).then(() => spent.push({ at: timers.elapsed(), weight: 1 }));
    }
    await timers.advance(10_000);
    expect(spent.length).toBeGreaterThanOrEqual(150);
    expect(spent.length).toBeLessThanOrEqual(163);
    expect(worst(spent, 1_000)).toBeLessThanOrEqual(18);
  });

  it('keeps every limit whatever is asked, and lets everybody go in the end', async () => {
    const limits: readonly RateLimit[] = [LIMIT, { name: 'venue', weight: 60, perMs: 2_000 }];
    const request = fc.record({
      weights: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 6 })),
      priority: fc.constantFrom<RequestPriority>('urgent', 'tail', 'audit', 'fill'),
      pauseMs: fc.integer({ min: 0, max: 120 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 40 }), async (requests) => {
        const timers = new VirtualTimers();
        const budget = new LocalRateBudget(timers);
        const spent = limits.map((): { at: number; weight: number }[] => []);
        for (const { weights, priority, pauseMs } of requests) {
          const charges = limits.map((limit, i) => ({ limit, weight: weights[i] }));
          void budget.take(charges, { priority }).then(() => {
            for (const [i, weight] of weights.entries()) {
              spent[i].push({ at: timers.elapsed(), weight });
            }
          });
          await timers.advance(pauseMs);
        }
        await timers.advance(60_000);
        for (const [i, limit] of limits.entries()) {
          expect(spent[i]).toHaveLength(requests.length);
          expect(worst(spent[i], limit.perMs)).toBeLessThanOrEqual(limit.weight);
        }
        expect(timers.pending).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('lets the most urgent go first, and among equals who came first', async () => {
    const timers = new VirtualTimers();
    const budget = new LocalRateBudget(timers);
    const order: string[] = [];
    budget.freeze(LIMIT.name, 100);
    for (const name of ['fill 1', 'tail 1', 'fill 2', 'urgent 1', 'tail 2'] as const) {
      const priority = name.split(' ')[0] as RequestPriority;
      void budget.take(one(), { priority }).then(() => order.push(name));
    }
    await timers.advance(1_000);
    expect(order).toEqual(['urgent 1', 'tail 1', 'tail 2', 'fill 1', 'fill 2']);
  });

  it('lets a less urgent request pass where only the limit of another endpoint is spent', async () => {
    const timers = new VirtualTimers();
    const budget = new LocalRateBudget(timers);
    const all: RateLimit = { name: 'venue', weight: 6_000, perMs: 60_000 };
    const books: RateLimit = { ...LIMIT, name: 'venue/books' };
    const gone = { books: 0, candles: 0 };
    for (let i = 0; i < 30; i++) {
      const both = (limit: RateLimit): readonly Charge[] => [...one(limit), ...one(all)];
      void budget.take(both(books), { priority: 'urgent' }).then(() => gone.books++);
      void budget.take(both(LIMIT), { priority: 'tail' }).then(() => gone.candles++);
    }
    await timers.advance(1_000);
    expect(gone.candles).toBe(gone.books);
    await timers.advance(800);
    expect(gone).toEqual({ books: 30, candles: 30 });
  });

  it('spends nothing of a frozen limit, and goes on with the others', async () => {
    const timers = new VirtualTimers();
    const budget = new LocalRateBudget(timers);
    const went: string[] = [];
    budget.freeze(LIMIT.name, 7_000);
    void budget.take(one()).then(() => went.push('frozen'));
    void budget.take(one({ ...LIMIT, name: 'venue/books' })).then(() => went.push('other'));
    await timers.advance(6_999);
    expect(went).toEqual(['other']);
    expect(budget.frozenFor(LIMIT.name)).toBe(1);
    await timers.advance(1);
    expect(went).toEqual(['other', 'frozen']);
    expect(budget.frozenFor(LIMIT.name)).toBe(0);
  });

  it('tells who waits that a limit is frozen for longer than they wait, and keeps the patient', async () => {
    const timers = new VirtualTimers();
    const budget = new LocalRateBudget(timers);
    const told: string[] = [];
    const wait = (name: string, patienceMs?: number): void => {
      const options = patienceMs === undefined ? {} : { patienceMs };
      budget.take(one(), options).then(
        () => told.push(`${name} went`),
        ({ code }) => told.push(`${name} ${code}`),
      );
    };
    budget.freeze(LIMIT.name, 1_000);
    wait('waiting', 8_000);
    wait('patient');
    await timers.advance(500);
    budget.freeze(LIMIT.name, 60_000);
    wait('late', 8_000);
    await timers.advance(0);
    expect(told).toEqual(['waiting rate_limit', 'late rate_limit']);
    await timers.advance(60_000);
    expect(told.at(-1)).toBe('patient went');
    expect(timers.pending).toBe(0);
  });

  it('forgets who gives up, and charges nothing for it', async () => {
    const timers = new VirtualTimers();
    const budget = new LocalRateBudget(timers);
    const controller = new AbortController();
    budget.freeze(LIMIT.name, 1_000);
    const given = budget.take(one(), { signal: controller.signal });
    controller.abort();
    await expect(given).rejects.toMatchObject({ code: 'aborted' });
    expect(timers.pending).toBe(0);
    await timers.advance(1_000);
    await Promise.all([budget.take(one()), budget.take(one())]);
  });

  it.each([0, -1, Number.NaN])('refuses a charge of %d', (weight) => {
    const budget = new LocalRateBudget(new VirtualTimers());
    expect(() => budget.take([{ limit: LIMIT, weight }])).toThrow(
      `a charge must be finite and above 0, was ${weight}`,
    );
  });
});
