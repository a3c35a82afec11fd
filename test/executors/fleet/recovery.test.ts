import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { fleetStatus } from '../../../src/executors/fleet/fleet-status.js';
import { countedFleet, expected, scannerOver, substance } from './fleet-scans.js';
import { hasRedis, RedisServer } from './redis-server.js';
import { slowWorkerFile } from './slow-worker-file.js';
import { WorkerProcess } from './worker-process.js';

/** A batch takes a worker so long. */
const BATCH_MS = 1_000;
/** How long a batch may be without a worker, and a machine that is busy with other tests besides. */
const RECOVERED_MS = 10_000 + 8_000;

let workerFile: string;
let whole: unknown;

beforeAll(async () => {
  [workerFile, whole] = await Promise.all([slowWorkerFile(), expected()]);
});

/** A fleet of slow workers over a Redis of its own. */
class SlowFleet implements AsyncDisposable {
  readonly redis: RedisServer;
  readonly workers: readonly WorkerProcess[];

  private constructor(redis: RedisServer, workers: readonly WorkerProcess[]) {
    this.redis = redis;
    this.workers = workers;
  }

  static async start(workers: number, delayMs: number = BATCH_MS): Promise<SlowFleet> {
    const redis = await RedisServer.start();
    const start = () => WorkerProcess.run([workerFile, redis.url, `${delayMs}`]);
    return new SlowFleet(redis, await Promise.all(Array.from({ length: workers }, start)));
  }

  /** Waits until every worker has a batch. */
  async busy(): Promise<void> {
    while ((await this.#active()) < this.workers.length) await sleep(20);
  }

  /** Waits until no worker has a batch. */
  async idle(): Promise<void> {
    while ((await this.#active()) > 0) await sleep(20);
  }

  async #active(): Promise<number> {
    return (await fleetStatus(this.redis.url)).active;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const worker of this.workers) await worker[Symbol.asyncDispose]();
    await this.redis[Symbol.asyncDispose]();
  }
}

/** A fleet's executor that counts, and that bears a machine so busy that Redis answers late. */
function patientExecutor({ redis }: SlowFleet, patienceMs?: number) {
  return countedFleet({ redis: redis.url, batchSize: 5, connectMs: 15_000, patienceMs });
}

/** Scans with a fleet to which something happens while each of its workers has a batch. */
async function scanDuring(fleet: SlowFleet, fault: () => unknown, patienceMs?: number) {
  const executor = await patientExecutor(fleet, patienceMs);
  await using scanner = await scannerOver(undefined, { executor });
  const begun = performance.now();
  const scanning = scanner.scan();
  await fleet.busy();
  await fault();
  const report = await scanning;
  return { report, executor, tookMs: performance.now() - begun };
}

function expectEachOnce({ report, executor }: Awaited<ReturnType<typeof scanDuring>>): void {
  expect(report.fallback).toBeUndefined();
  expect(substance(report)).toEqual(whole);
  expect(executor.delivered.size).toBe(report.scanned);
  expect([...executor.delivered.values()].every((times) => times === 1)).toBe(true);
}

describe
  .skipIf(!hasRedis)
  .concurrent('a fleet that loses something (skipped where redis-server is not installed)', () => {
    test('a worker killed in the middle of a batch: another has the batch, and all count once', async () => {
      await using fleet = await SlowFleet.start(2);
      const scan = await scanDuring(fleet, () => fleet.workers[0].signal('SIGKILL'));
      expectEachOnce(scan);
      expect(scan.tookMs).toBeLessThan(RECOVERED_MS);
    }, 60_000);

    test('a worker frozen for nine seconds: what it returns late counts for nothing', async () => {
      await using fleet = await SlowFleet.start(2);
      const scan = await scanDuring(fleet, () => {
        fleet.workers[0].signal('SIGSTOP');
        setTimeout(() => fleet.workers[0].signal('SIGCONT'), 9_000);
      });
      expectEachOnce(scan);
      expect(scan.tookMs).toBeLessThan(RECOVERED_MS);
    }, 60_000);

    test('Redis killed and started again on its file: the scan goes on', async () => {
      await using fleet = await SlowFleet.start(2);
      const scan = await scanDuring(
        fleet,
        async () => {
          // The file is written to the disk once a second.
          await sleep(1_100);
          await fleet.redis.kill();
          await sleep(500);
          await fleet.redis.start();
        },
        15_000,
      );
      expectEachOnce(scan);
    }, 60_000);

    test('its only worker frozen: this process does the work and says why', async () => {
      await using fleet = await SlowFleet.start(1);
      const scan = await scanDuring(fleet, () => fleet.workers[0].signal('SIGSTOP'));
      expect(scan.report.fallback?.message).toMatch(
        /Redis or every worker has been away for \d+ ms/,
      );
      expect(substance({ ...scan.report, fallback: undefined })).toEqual(whole);
      expect(scan.tookMs).toBeLessThan(RECOVERED_MS);
      expect(await fleetStatus(fleet.redis.url)).toMatchObject({ workers: 0 });
    }, 60_000);

    test('its Redis for good: this process does the work, and a worker still ends on SIGTERM', async () => {
      await using fleet = await SlowFleet.start(1, 6_000);
      const scan = await scanDuring(fleet, () => fleet.redis.kill());
      expect(scan.report.fallback?.message).toMatch(/Redis or every worker has been away/);
      expect(substance({ ...scan.report, fallback: undefined })).toEqual(whole);
      fleet.workers[0].signal('SIGTERM');
      expect(await fleet.workers[0].gone).toBe(0);
    }, 60_000);

    test('its scan: workers stop at once and are free for the next', async () => {
      await using fleet = await SlowFleet.start(1, 20_000);
      const executor = await patientExecutor(fleet);
      await using scanner = await scannerOver(undefined, { executor });
      const stop = new AbortController();
      const scanning = scanner.scan({ signal: stop.signal });
      await fleet.busy();
      const begun = performance.now();
      stop.abort();
      await expect(scanning).rejects.toMatchObject({ code: 'aborted' });
      await fleet.idle();
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect(await fleetStatus(fleet.redis.url)).toMatchObject({ waiting: 0, active: 0 });
    }, 60_000);

    test('a worker to SIGTERM: it gives its batch back and ends with 0 within five seconds', async () => {
      await using fleet = await SlowFleet.start(1, 15_000);
      const executor = await patientExecutor(fleet);
      await using scanner = await scannerOver(undefined, { executor });
      const scanning = scanner.scan();
      await fleet.busy();
      const begun = performance.now();
      fleet.workers[0].signal('SIGTERM');
      expect(await fleet.workers[0].gone).toBe(0);
      expect(performance.now() - begun).toBeLessThan(5_000 + 3_000);
      expect(substance({ ...(await scanning), fallback: undefined })).toEqual(whole);
    }, 60_000);
  });
