import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ThreadExecutorOptions } from '../../../src/executors/threads/thread-executor.js';
import { threadExecutor } from '../../../src/executors/threads/thread-executor.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../../src/scanner/scan-report.js';
import type { ScannerOptions, ScanOptions } from '../../../src/scanner/scanner-options.js';
import { bundled } from '../../bundled.js';
import { CandleReader } from '../candle-reader.js';
import { calm, exits, explodes, hoards, loops } from './wild-factors.mjs';

const CONFIG = { timeframes: ['15m', '1h'], candleLimit: 100, concurrency: 2 } as const;
const ASKED = ['BTC/USDT', 'ETH/USDT', 'CYTIS/USDT', 'DRAVO/USDT', 'ELMIR/USDT', 'GALIX/USDT'];
const FACTORS = { loops, exits, hoards };
const WILD = import.meta.resolve('./wild-factors.mjs');

let workerFile: URL;

beforeAll(async () => {
  const file = await bundled('src/executors/threads/thread-worker.ts', 'dist/test-threads');
  workerFile = pathToFileURL(resolve(file));
});

async function reportOf(
  threads: Partial<ThreadExecutorOptions> | undefined,
  options: Partial<ScannerOptions> = {},
  scan: ScanOptions = {},
): Promise<Omit<ScanReport, 'startedAt' | 'durationMs'>> {
  const source = 'synthetic:3';
  await using scanner = new EnhancedMarketScanner({
    provider: syntheticProvider({ seed: 3 }),
    config: CONFIG,
    executor: threads && (await threadExecutor({ source, workerFile, ...threads })),
    ...options,
  });
  const { startedAt, durationMs, ...report } = await scanner.scan(scan);
  return JSON.parse(JSON.stringify(report));
}

describe('a scan in threads', () => {
  test('gives on 1, 2 and 5 threads the report that it gives in this process', async () => {
    const asked = { symbols: ASKED };
    const expected = await reportOf(undefined, {}, asked);
    for (const threads of [1, 2, 5]) {
      expect(await reportOf({ threads, batchSize: 2 }, {}, asked)).toEqual(expected);
    }
  });

  test('that ask for books of contenders alone find the signals of a full scan', async () => {
    const aiScorer: ScannerOptions['aiScorer'] = {
      id: 'contrary',
      review: async (signals) =>
        new Map(
          signals.map(({ symbol, score }) => [
            symbol,
            { adjustment: -1, confidence: score, rationale: '' },
          ]),
        ),
    };
    const open = { ...CONFIG, ...{ minQuoteVolume24h: 0, minScore: 0.1, maxPositions: 2 } };
    for (const options of [{}, { aiScorer }]) {
      const full = await reportOf(undefined, { ...options, config: open });
      const config = { ...open, evidence: 'contenders' } as const;
      const pruned = await reportOf({ threads: 2, batchSize: 10 }, { ...options, config });
      expect(full.signals.length).toBe(2);
      expect(pruned.signals).toEqual(full.signals);
      expect(pruned.fallback).toBeUndefined();
    }
  });

  test('hands the candles of signals to the AI scorer', async () => {
    const aiScorer = new CandleReader();
    await reportOf(undefined, { aiScorer });
    const expected = aiScorer.forget();
    await reportOf({ threads: 2 }, { aiScorer });
    expect(expected.length).toBeGreaterThan(0);
    expect(aiScorer.forget()).toEqual(expected);
  });

  test.each([
    ['never returns', 'loops', 'timeout', 1_500, /kept its thread busy for 1500 ms/],
    ['ends the process', 'exits', 'unsupported', 20_000, /ended its thread/],
    ['eats the memory', 'hoards', 'unsupported', 20_000, /ended its thread: .*memory/],
  ] as const)(
    'a factor that %s costs its symbol alone',
    async (_, name, code, stuckAfterMs, message) => {
      const factors = [{ module: WILD, export: name }];
      const rest = ASKED.filter((symbol) => symbol !== 'ETH/USDT');
      const tamed = { ...calm, id: name };
      const expected = await reportOf(undefined, { factors: [tamed] }, { symbols: rest });
      const report = await reportOf(
        { threads: 2, batchSize: 3, factors, stuckAfterMs, memoryMb: 64 },
        { factors: [FACTORS[name]] },
        { symbols: ASKED },
      );
      expect(report.failures).toEqual([
        {
          symbol: 'ETH/USDT',
          error: expect.objectContaining({ code, message: expect.stringMatching(message) }),
        },
      ]);
      expect(report.fallback).toBeUndefined();
      expect(report.rejections).toEqual(expected.rejections);
      expect(report.signals).toEqual(expected.signals);
    },
  );

  test('scans again after a thread was lost', async () => {
    const factors = [{ module: WILD, export: 'exits' }];
    await using scanner = new EnhancedMarketScanner({
      provider: syntheticProvider({ seed: 3 }),
      config: CONFIG,
      factors: [exits],
      executor: await threadExecutor({ source: 'synthetic:3', threads: 1, factors, workerFile }),
    });
    expect((await scanner.scan({ symbols: ['ETH/USDT'] })).failures).toHaveLength(1);
    expect(await scanner.scan({ symbols: ['BTC/USDT'] })).toMatchObject({ complete: true });
  });

  test('a thread that dies with nothing to do ends neither the process nor the next scan', async () => {
    const factors = [{ module: WILD, export: 'explodes' }];
    await using scanner = new EnhancedMarketScanner({
      provider: syntheticProvider({ seed: 3 }),
      config: CONFIG,
      factors: [explodes],
      executor: await threadExecutor({ source: 'synthetic:3', threads: 1, factors, workerFile }),
    });
    for (let scan = 0; scan < 3; scan++) {
      const report = await scanner.scan({ symbols: ['BTC/USDT'] });
      expect(report).toMatchObject({ complete: true, failures: [] });
      expect(report.fallback).toBeUndefined();
      // Nobody is told when an idle thread is gone; if it is not by then, it goes during the next scan.
      await sleep(200);
    }
  });

  test('answers that cross with the abort of their scan end nothing', async () => {
    const threads = await threadExecutor({ source: 'synthetic:3', threads: 2, workerFile });
    let stop = new AbortController();
    const executor: typeof threads = {
      ...threads,
      execute: (batches, { signal, deliver }) =>
        threads.execute(batches, {
          signal,
          deliver(result) {
            deliver(result);
            stop.abort();
          },
        }),
    };
    await using scanner = new EnhancedMarketScanner({
      provider: syntheticProvider({ seed: 3 }),
      config: CONFIG,
      executor,
    });
    for (let scan = 0; scan < 10; scan++) {
      stop = new AbortController();
      const { signal } = stop;
      await expect(scanner.scan({ symbols: ASKED, signal })).rejects.toMatchObject({
        code: 'aborted',
      });
    }
  });

  test('a source given as an export is opened in the thread', async () => {
    const source = { module: import.meta.resolve('./own-source.mjs'), export: 'ownSource' };
    const { ownSource } = await import('./own-source.mjs');
    const expected = await reportOf(undefined, { provider: ownSource() });
    expect(await reportOf({ source, threads: 2 }, { provider: ownSource() })).toEqual(expected);
  });

  test.each([
    ['source', { source: 'synthetic:3', factors: [{ module: WILD, export: 'calm' }] }, /factors/],
    ['kind of source', { source: 'gold' }, /must be synthetic\[:SEED\] or files:DIR, was "gold"/],
    ['export', { factors: [{ module: WILD, export: 'gone' }] }, /must export "gone"/],
    ['module', { factors: [{ module: 'file:///gone.mjs', export: 'x' }] }, /cannot be loaded/],
  ])('a wrong %s is misuse, and the scan says so', async (_, threads, message) => {
    await expect(reportOf({ threads: 1, ...threads })).rejects.toMatchObject({
      code: 'config',
      message: expect.stringMatching(message),
    });
  });

  test('an abort ends what the threads do', async () => {
    const factors = [{ module: WILD, export: 'loops' }];
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 700);
    const scan = reportOf(
      { threads: 1, factors },
      { factors: [loops] },
      { symbols: ['ETH/USDT'], signal: stop.signal },
    );
    await expect(scan).rejects.toMatchObject({ code: 'aborted' });
  });
});
