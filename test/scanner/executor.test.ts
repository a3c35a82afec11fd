import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { limiter } from '../../src/parallel/bounded-map.js';
import { systemTimers } from '../../src/parallel/system-timers.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { silentLogger } from '../../src/ports/logger.js';
import { passThrough } from '../../src/providers/pass-through.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { BatchScanner } from '../../src/scanner/batch-scanner.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanBatch, ScanExecutor } from '../../src/scanner/scan-batch.js';
import type { ScanOptions } from '../../src/scanner/scanner-options.js';
import { defaultFactors } from '../../src/scoring/factors/default-factors.js';
import { VirtualTimers } from '../parallel/virtual-timers.js';
import { expectSound } from './invariants.js';

const CONFIG = { timeframes: ['15m', '1h'], candleLimit: 100 } as const;
const SOURCE = { seed: 3, symbols: 12 };

/** A scan whose batches leave the process as text and are worked through by scanners that have nothing else in common with it. */
function elsewhere(batches: number, seen: ScanBatch[] = []): ScanExecutor {
  return {
    id: 'elsewhere',
    batchCount: () => batches,
    async execute(given, options) {
      seen.push(...given);
      const copies = given.map((batch) => JSON.parse(JSON.stringify(batch)) as ScanBatch);
      await Promise.all(
        copies.map((batch) =>
          new BatchScanner({
            provider: syntheticProvider(SOURCE),
            factors: defaultFactors,
            logger: silentLogger,
            limit: limiter(2),
            timers: systemTimers,
          }).scan(batch, options),
        ),
      );
    },
  };
}

function scannerWith(executor?: ScanExecutor): EnhancedMarketScanner {
  return new EnhancedMarketScanner({
    provider: syntheticProvider(SOURCE),
    config: CONFIG,
    executor,
  });
}

/** A source that lists its markets and then says nothing more. */
function hangingAfterTickers(): DataProvider {
  const source = syntheticProvider(SOURCE);
  return { ...passThrough(source), fetchCandles: () => new Promise(() => {}) };
}

/** The report of one scan, but for what it says of its own timing. */
async function reportOf(executor?: ScanExecutor, options?: ScanOptions): Promise<object> {
  await using scanner = scannerWith(executor);
  const { startedAt, durationMs, ...report } = await scanner.scan(options);
  return JSON.parse(JSON.stringify(report));
}

describe('a scan through an executor', () => {
  test('and a model card are refused together: other processes would not know the card', () => {
    const provider = syntheticProvider(SOURCE);
    const options = { provider, executor: elsewhere(1), modelCard: defaultModelCard };
    expect(() => new EnhancedMarketScanner(options)).toThrow('a model card works in this process');
  });

  test.each([1, 2, 5])(
    'gives in %i batches the report that it gives in this process',
    async (n) => {
      expect(await reportOf(elsewhere(n))).toEqual(await reportOf());
    },
  );

  test('cuts any list of symbols into batches that hold each of them once', async () => {
    const symbols = (await syntheticProvider(SOURCE).fetchMarkets()).map(({ symbol }) => symbol);
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(symbols),
        fc.integer({ min: 1, max: 20 }),
        async (asked, count) => {
          const seen: ScanBatch[] = [];
          const silent = {
            ...elsewhere(count),
            execute: async (b: readonly ScanBatch[]) => void seen.push(...b),
          };
          await using scanner = scannerWith(silent);
          const stop = new AbortController();
          scanner.on('progress', () => stop.abort());
          await scanner.scan({ symbols: asked, signal: stop.signal }).catch(() => {});
          expect(seen.flatMap(({ candidates }) => candidates.map((c) => c.market.symbol))).toEqual(
            asked,
          );
          expect(seen.map(({ index }) => index)).toEqual(seen.map((_, i) => i));
          expect(seen.length).toBe(Math.min(count, asked.length));
          expect(new Set(seen.map(({ scanId }) => scanId)).size).toBe(Math.min(1, seen.length));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('counts the first result of a symbol alone', async () => {
    const honest = elsewhere(3);
    const twice: ScanExecutor = {
      ...honest,
      execute: (batches, { signal, deliver }) =>
        honest.execute(batches, {
          signal,
          deliver(result) {
            deliver(result);
            deliver(result);
          },
        }),
    };
    expect(await reportOf(twice)).toEqual(await reportOf());
  });

  test.each([0, 1, 5])(
    'is finished in this process when the executor is lost after %i results',
    async (kept) => {
      const honest = elsewhere(3);
      const lost: ScanExecutor = {
        ...honest,
        async execute(batches, { signal, deliver }) {
          let delivered = 0;
          await honest.execute(batches, {
            signal,
            deliver: (result) => delivered++ < kept && deliver(result),
          });
          throw new ScannerError('network', 'the queue is away');
        },
      };
      const heard: string[] = [];
      await using scanner = scannerWith(lost);
      scanner.on('executorUnavailable', ({ message }) => heard.push(message));
      const { startedAt, durationMs, fallback, ...report } = await scanner.scan();
      expect(JSON.parse(JSON.stringify(report))).toEqual(await reportOf());
      expect(fallback).toMatchObject({ code: 'network', message: 'the queue is away' });
      expect(heard).toEqual(['the queue is away']);
      expect(scanner.health().reasons).toContain('no executor: the queue is away');
    },
  );

  test.each([0, 1])(
    'ends at its deadline when the executor hangs, every symbol in one list, with timers that are %i ms early',
    async (earlyMs) => {
      const timers = new VirtualTimers();
      const hung: ScanExecutor = { ...elsewhere(2), execute: () => new Promise(() => {}) };
      await using scanner = new EnhancedMarketScanner({
        provider: hangingAfterTickers(),
        config: { ...CONFIG, deadlineMs: 300 },
        executor: hung,
        timers: {
          elapsed: () => timers.elapsed(),
          after: (ms, callback) => timers.after(Math.max(0, ms - earlyMs), callback),
        },
      });
      const asked = ['BTC/USDT', 'ETH/USDT', 'NONE/USDT'];
      const scan = scanner.scan({ symbols: asked });
      await timers.advance(300);
      const report = await scan;
      expectSound(report, asked);
      expect(report.failures.map(({ symbol, error }) => [symbol, error.code])).toEqual([
        ['BTC/USDT', 'timeout'],
        ['ETH/USDT', 'timeout'],
        ['NONE/USDT', 'unknown_symbol'],
      ]);
      expect(report.durationMs).toBeLessThanOrEqual(300);
    },
  );

  test('stops with the caller, whatever the executor does', async () => {
    const hung: ScanExecutor = { ...elsewhere(2), execute: () => new Promise(() => {}) };
    await using scanner = scannerWith(hung);
    const stop = new AbortController();
    const scan = scanner.scan({ signal: stop.signal });
    setImmediate(() => stop.abort());
    await expect(scan).rejects.toMatchObject({ code: 'aborted' });
  });

  test('closes its executor', async () => {
    let closed = 0;
    const scanner = scannerWith({ ...elsewhere(1), close: async () => void closed++ });
    await scanner.close();
    expect(closed).toBe(1);
  });
});
