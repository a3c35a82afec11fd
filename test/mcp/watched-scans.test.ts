import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { AiScorer } from '../../src/ports/ai-scorer.js';
import { type WatchedScan, WatchedScans } from './watched-scans.js';

/** Computes for so long of this process's own time. */
function spin(ms: number): void {
  const begin = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1_000;
  };
  while (used() < ms);
}

function watched(review: AiScorer['review'], mostMs = 10_000): Promise<WatchedScan> {
  const scans = new WatchedScans(mostMs);
  onTestFinished(() => scans.close());
  return scans.scan({ id: 'spinning', review });
}

test.each<[string, (ms: number) => Promise<void>]>([
  ['before it waits for anything', async (ms) => spin(ms)],
  [
    'at the very end',
    async (ms) => {
      await delay(20);
      spin(ms);
    },
  ],
  [
    'between two waits',
    async (ms) => {
      await delay(20);
      spin(ms);
      await delay(20);
    },
  ],
])('a scorer that computes %s is caught, with its pause and its delay', async (_, work) => {
  const { longestPauseMs, isLate } = await watched(async () => {
    await work(120);
    return new Map();
  }, 100);
  expect(longestPauseMs).toBeGreaterThan(80);
  expect(isLate).toBe(true);
});

test('a scorer that fails is watched to its end', async () => {
  const { longestPauseMs } = await watched(async () => {
    spin(120);
    throw new Error('no');
  });
  expect(longestPauseMs).toBeGreaterThan(80);
});

test('a scorer that waits too long is late, and makes no pause', async () => {
  const { longestPauseMs, isLate } = await watched(async () => {
    await delay(200);
    return new Map();
  }, 50);
  expect(isLate).toBe(true);
  expect(longestPauseMs).toBeLessThan(50);
});

test('a scorer that answers in time is not late', async () => {
  const { longestPauseMs, isLate } = await watched(async () => {
    await delay(20);
    return new Map();
  });
  expect([isLate, longestPauseMs < 50]).toEqual([false, true]);
});
