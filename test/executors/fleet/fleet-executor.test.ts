import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../../src/errors.js';
import { fleetExecutor } from '../../../src/executors/fleet/fleet-executor.js';
import { fleetStatus } from '../../../src/executors/fleet/fleet-status.js';
import { startFleetWorker } from '../../../src/executors/fleet/fleet-worker.js';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { passThrough } from '../../../src/providers/pass-through.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';
import { ems } from '../../cli/ems.js';
import { CandleReader } from '../candle-reader.js';
import { CONFIG, expected, SOURCE, scannerOver, substance } from './fleet-scans.js';
import { freePort, hasRedis, RedisServer } from './redis-server.js';
import { WorkerProcess } from './worker-process.js';

/** A source that refuses every question for candles, and counts them. */
function shutOutSource() {
  let asked = 0;
  const open = async (): Promise<DataProvider> => ({
    ...passThrough(syntheticProvider({ seed: 3 })),
    async fetchCandles(symbol) {
      asked++;
      throw new ScannerError('network', 'the exchange refuses this address', { symbol });
    },
  });
  return { open, asked: () => asked };
}

describe.skipIf(!hasRedis)('a fleet (skipped where redis-server is not installed)', () => {
  test('gives with 1, 2 and 5 workers the report that one process gives', async () => {
    await using redis = await RedisServer.start();
    await using scanner = await scannerOver(redis.url);
    const whole = await expected();
    const workers: WorkerProcess[] = [];
    try {
      for (const count of [1, 2, 5]) {
        workers.push(...(await WorkerProcess.startAll(redis.url, count - workers.length)));
        expect(substance(await scanner.scan())).toEqual(whole);
      }
    } finally {
      await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
    }
  }, 60_000);

  test('that asks for books of contenders alone finds the signals of a full scan', async () => {
    await using redis = await RedisServer.start();
    await using _worker = await startFleetWorker({ redis: redis.url });
    const open = { ...CONFIG, ...{ minQuoteVolume24h: 0, minScore: 0.1, maxPositions: 2 } };
    await using here = await scannerOver(undefined, { config: open });
    const { signals } = await here.scan();
    expect(signals).toHaveLength(2);
    const config = { ...open, evidence: 'contenders' } as const;
    await using there = await scannerOver(redis.url, { config });
    const pruned = await there.scan();
    expect(pruned.fallback).toBeUndefined();
    expect(pruned.signals).toEqual(JSON.parse(JSON.stringify(signals)));
  });

  test('hands the candles of signals to the AI scorer', async () => {
    await using redis = await RedisServer.start();
    await using _worker = await startFleetWorker({ redis: redis.url });
    const aiScorer = new CandleReader();
    await using here = await scannerOver(undefined, { aiScorer });
    await here.scan();
    const told = aiScorer.forget();
    await using there = await scannerOver(redis.url, { aiScorer });
    expect((await there.scan()).fallback).toBeUndefined();
    expect(told.length).toBeGreaterThan(0);
    expect(aiScorer.forget()).toEqual(told);
  });

  test('without Redis the scan begins in this process within a second, and says so', async () => {
    const redis = `redis://:hidden@127.0.0.1:${await freePort()}`;
    const fleet = await fleetExecutor({ redis, source: SOURCE });
    let waitedMs = Number.NaN;
    const executor: typeof fleet = {
      ...fleet,
      async execute(batches, scan) {
        const begun = performance.now();
        await fleet.execute(batches, scan).finally(() => {
          waitedMs = performance.now() - begun;
        });
      },
    };
    await using scanner = await scannerOver(undefined, { executor });
    const report = await scanner.scan();
    expect(report.fallback?.code).toMatch(/network|timeout/);
    expect(report.fallback?.message).not.toContain('hidden');
    expect(waitedMs).toBeLessThan(1_000);
    expect(substance({ ...report, fallback: undefined })).toEqual(await expected());
  });

  test('without a worker the scan is done in this process at once', async () => {
    await using redis = await RedisServer.start();
    await using scanner = await scannerOver(redis.url);
    const report = await scanner.scan();
    expect(report.fallback?.message).toBe('no worker is there for the queue ems-scans');
    expect(substance({ ...report, fallback: undefined })).toEqual(await expected());
  });

  test('workers with other factors are found out, and the report is right all the same', async () => {
    await using redis = await RedisServer.start();
    await using _worker = await startFleetWorker({ redis: redis.url, factors: [] });
    await using scanner = await scannerOver(redis.url);
    const report = await scanner.scan();
    expect(report.fallback?.message).toMatch(/must have the scanner's factors/);
    expect(substance({ ...report, fallback: undefined })).toEqual(await expected());
  });

  test('a worker whose address the exchange shuts out leaves the symbols to the others', async () => {
    await using redis = await RedisServer.start();
    const { open, ...shutOut } = shutOutSource();
    await using banned = await startFleetWorker({ redis: redis.url, open });
    await using scanner = await scannerOver(redis.url);
    const scanning = scanner.scan();
    while (shutOut.asked() === 0) await sleep(20);
    await using _good = await startFleetWorker({ redis: redis.url });
    expect(substance(await scanning)).toEqual(await expected());
    expect(banned.finished).toBe(0);
  });

  test('a password stands in the URL, and in no job', async () => {
    await using redis = await RedisServer.start('canary-7f3a');
    await using _worker = await startFleetWorker({ redis: redis.url });
    await using scanner = await scannerOver(redis.url);
    expect((await scanner.scan()).fallback).toBeUndefined();
    const { Redis } = await import('ioredis');
    const reader = new Redis(redis.url);
    const keys = await reader.keys('*');
    const dumps = await Promise.all(
      keys.map(async (key) => (await reader.dumpBuffer(key))?.toString('latin1') ?? ''),
    );
    reader.disconnect();
    expect(keys.length).toBeGreaterThan(5);
    expect(dumps.join('')).not.toContain('canary-7f3a');
  });

  test('a job that is not what a producer writes is refused and harms nobody', async () => {
    await using redis = await RedisServer.start();
    await using worker = await startFleetWorker({ redis: redis.url });
    const { Queue } = await import('bullmq');
    const { Redis } = await import('ioredis');
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue('ems-scans', { connection });
    await queue.add(
      'batch',
      { source: 'files:/etc', batch: { __proto__: { x: 1 } } },
      { attempts: 3 },
    );
    while ((await queue.getFailedCount()) === 0) await sleep(20);
    const [job] = await queue.getFailed();
    expect(job.failedReason).toMatch(/^job: /);
    expect(job.attemptsMade).toBe(1);
    await using scanner = await scannerOver(redis.url);
    expect((await scanner.scan()).fallback).toBeUndefined();
    expect(worker.finished).toBeGreaterThan(0);
    await queue.close();
    connection.disconnect();
  });

  test('ems scan --fleet prints what ems scan prints, ems fleet status counts, SIGTERM ends a worker with 0', async () => {
    await using redis = await RedisServer.start();
    await using worker = await WorkerProcess.start(redis.url);
    const symbols = ['--symbols', 'BTC/USDT,ETH/USDT', '--source', 'synthetic:4'];
    const [here, there] = await Promise.all([
      ems(['scan', ...symbols]),
      ems(['scan', ...symbols, '--fleet', redis.url]),
    ]);
    expect(there).toEqual(here);
    expect(await fleetStatus(redis.url)).toMatchObject({ workers: 1, waiting: 0, warnings: [] });
    const { stdout } = await ems(['fleet', 'status', '--fleet', redis.url]);
    expect(stdout).toMatch(/^workers {4}1$/m);
    const begun = performance.now();
    worker.signal('SIGTERM');
    expect(await worker.gone).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(worker.stderr).toMatch(/batches finished: 1/);
  });
});

describe('the options of a fleet', () => {
  test('a URL that is none is refused without being repeated', async () => {
    const options = { redis: 'http://:hidden@host', source: SOURCE };
    await expect(fleetExecutor(options)).rejects.toMatchObject({
      code: 'config',
      message: expect.not.stringContaining('hidden'),
    });
  });
});
