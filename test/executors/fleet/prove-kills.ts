/**
 * Kills and freezes workers, and Redis, at random while scans run, and compares every report with that of one process.
 * `npm run prove:fleet-kills [SCANS] [KILLS] [SEED]`; the whole run is 100 scans and 200 kills, and its result is kept in bench/results.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { randomFrom } from '../../scanner/invented-market.js';
import { countedFleet, expected, scannerOver, substance } from './fleet-scans.js';
import { RedisServer } from './redis-server.js';
import { slowWorkerFile } from './slow-worker-file.js';
import { WorkerProcess } from './worker-process.js';

const [SCANS = 100, KILLS = 200, SEED = 1] = process.argv.slice(2).map(Number);
const WORKERS = 6;
/** Scans that run side by side. */
const PRODUCERS = 4;
/** How long a worker takes for a batch of three symbols. */
const BATCH_MS = 250;
const DEADLINE_MS = 60_000;
const LATEST_MS = DEADLINE_MS + 10_000;

interface Tally {
  scans: number;
  /** Reports that differ from that of one process. */
  wrong: number;
  /** Scans in which a symbol came back more than once. */
  doubled: number;
  /** Scans in which a symbol was in no list, or failed. */
  lost: number;
  late: number;
  /** Scans that this process ended, because the fleet was away for too long. */
  fallbacks: number;
  longestSeconds: number;
}

const random = randomFrom(SEED);
const [workerFile, whole] = await Promise.all([slowWorkerFile(), expected()]);
await using redis = await RedisServer.start();
const startWorker = () => WorkerProcess.run([workerFile, redis.url, `${BATCH_MS}`]);
const workers = await Promise.all(Array.from({ length: WORKERS }, startWorker));
const kills = { killed: 0, frozen: 0, redis: 0 };
const tally: Tally = {
  scans: 0,
  wrong: 0,
  doubled: 0,
  lost: 0,
  late: 0,
  fallbacks: 0,
  longestSeconds: 0,
};
const begun = performance.now();
await Promise.all([...Array.from({ length: PRODUCERS }, scanAgain), killAgain()]);
await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));

const result = {
  title: `${SCANS} scans by ${WORKERS} workers, of which ${KILLS} are killed or frozen meanwhile, and Redis with them`,
  seed: SEED,
  kills,
  ...tally,
  seconds: Math.round((performance.now() - begun) / 1_000),
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
};
console.log(JSON.stringify(result, undefined, 2));
if (SCANS >= 100) {
  writeFileSync('bench/results/fleet-kills.json', `${JSON.stringify(result, undefined, 2)}\n`);
}
if (tally.wrong + tally.doubled + tally.lost + tally.late > 0) process.exitCode = 1;

/** One producer: scans until there have been enough, and as long as there is something to be killed. */
async function scanAgain(): Promise<void> {
  const executor = await countedFleet({
    redis: redis.url,
    batchSize: 3,
    connectMs: 15_000,
    patienceMs: 20_000,
  });
  await using scanner = await scannerOver(undefined, {
    executor,
    config: { timeframes: ['15m', '1h'], candleLimit: 100, deadlineMs: DEADLINE_MS },
  });
  while (tally.scans < SCANS) {
    tally.scans++;
    executor.delivered.clear();
    const started = performance.now();
    const report = await scanner.scan();
    const tookMs = performance.now() - started;
    const places = [report.signals, report.rejections, report.failures].flat();
    const once = [...executor.delivered.values()].every((times) => times === 1);
    if (!isDeepStrictEqual(substance({ ...report, fallback: undefined }), whole)) tally.wrong++;
    if (!once || new Set(places.map(({ symbol }) => symbol)).size < places.length) tally.doubled++;
    if (!report.complete) tally.lost++;
    if (tookMs > LATEST_MS) tally.late++;
    if (report.fallback !== undefined) tally.fallbacks++;
    tally.longestSeconds = Math.max(tally.longestSeconds, Math.round(tookMs / 100) / 10);
  }
}

/** Keeps step with the scans: so many kills for each of them. */
async function killAgain(): Promise<void> {
  for (let done = 0; done < KILLS; done++) {
    while (tally.scans < (done * SCANS) / KILLS && tally.scans < SCANS) await sleep(20);
    await sleep(random() * 300);
    const draw = random();
    if (draw < 0.03) await restartRedis();
    else if (draw < 0.75) await replace(Math.floor(random() * WORKERS));
    else await freeze(Math.floor(random() * WORKERS));
  }
}

async function replace(index: number): Promise<void> {
  kills.killed++;
  workers[index].signal('SIGKILL');
  workers[index] = await startWorker();
}

async function freeze(index: number): Promise<void> {
  kills.frozen++;
  const worker = workers[index];
  worker.signal('SIGSTOP');
  // Longer than its lock lasts.
  setTimeout(() => worker.signal('SIGCONT'), 9_000);
  await sleep(500);
}

async function restartRedis(): Promise<void> {
  kills.redis++;
  await redis.kill();
  await sleep(300);
  await redis.start();
}
