/**
 * What a fleet takes of its Redis: processor time of a grant and of a batch, memory of a batch, connections and pulse of a worker.
 *
 *     npm run measure:fleet-redis
 *
 * Needs `redis-server`; keeps what it finds in bench/results/fleet-redis.json, from which `npm run plan:fleet` plans.
 */
import { writeFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { FleetConnection } from '../src/executors/fleet/fleet-connection.js';
import { fleetExecutor } from '../src/executors/fleet/fleet-executor.js';
import { fleetRateBudget } from '../src/executors/fleet/fleet-rate-budget.js';
import { startFleetWorker } from '../src/executors/fleet/fleet-worker.js';
import { RedisLedger } from '../src/executors/fleet/redis-ledger.js';
import type { Charge } from '../src/ports/charge.js';
import { syntheticProvider } from '../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../src/scanner/enhanced-market-scanner.js';
import { RedisServer } from '../test/executors/fleet/redis-server.js';

const GRANTS = 5_000;
const SYMBOLS = 100;
const BATCH_SIZE = 10;
const SCANS = 30;
const IDLE_MS = 20_000;
const IDLE_WORKERS = 10;

await using server = await RedisServer.start();
const probe = new Redis(server.url);
const grantMs = await costOfGrant();
const batch = await costOfBatch();
const idle = await costOfIdleWorkers();
const found = {
  title: 'What a fleet takes of its Redis, with an append-only file',
  notes: [
    `a batch is ${BATCH_SIZE} symbols of all five timeframes; Redis keeps what it was and what came of it for five minutes`,
    'processor time belongs to the machine it was measured on',
  ],
  grantMs,
  batchMs: batch.ms,
  batchBytes: batch.bytes,
  batchSize: BATCH_SIZE,
  workerConnections: idle.connections,
  workerMsPerSecond: idle.msPerSecond,
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
};
probe.disconnect();
console.log(JSON.stringify(found, undefined, 2));
writeFileSync('bench/results/fleet-redis.json', `${JSON.stringify(found, undefined, 2)}\n`);

/** Processor time of one request's grant. */
async function costOfGrant(): Promise<number> {
  const limits = ['venue/candles', 'venue'].map((name) => ({ name, weight: 1e9, perMs: 1_000 }));
  const charges: Charge[] = limits.map((limit) => ({ limit, weight: 1 }));
  const connection = new FleetConnection(Redis, server.url, { whenAway: 'wait' });
  const ledger = new RedisLedger(connection, 'measured');
  await ledger.spend(charges);
  const before = await busyMs();
  for (let i = 0; i < GRANTS; i++) await ledger.spend(charges);
  const grant = ((await busyMs()) - before) / GRANTS;
  connection.close();
  return grant;
}

/** Processor time and memory of one batch, from the scanner to a worker and back. */
async function costOfBatch(): Promise<{ readonly ms: number; readonly bytes: number }> {
  await using _worker = await startFleetWorker({ redis: server.url, open: async () => source() });
  const fleet = { redis: server.url, source: 'synthetic:5', batchSize: BATCH_SIZE };
  await using scanner = new EnhancedMarketScanner({
    provider: source(),
    executor: await fleetExecutor({ ...fleet, connectMs: 10_000 }),
    config: { minQuoteVolume24h: 0 },
  });
  await scanner.scan();
  const [ms, bytes] = [await busyMs(), await usedBytes()];
  for (let i = 0; i < SCANS; i++) {
    const { fallback } = await scanner.scan();
    if (fallback !== undefined) throw fallback;
  }
  const batches = SCANS * Math.ceil(SYMBOLS / BATCH_SIZE);
  return {
    ms: ((await busyMs()) - ms) / batches,
    bytes: ((await usedBytes()) - bytes) / batches,
  };
}

/** Connections of a worker, and what it takes of Redis that has nothing to do. */
async function costOfIdleWorkers() {
  const before = await connections();
  const parts: AsyncDisposable[] = [];
  for (let i = 0; i < IDLE_WORKERS; i++) {
    const budget = await fleetRateBudget({ redis: server.url });
    await budget.take([{ limit: { name: 'venue', weight: 1e9, perMs: 1_000 }, weight: 1 }]);
    parts.push(budget, await startFleetWorker({ redis: server.url }));
  }
  const opened = (await connections()) - before;
  const ms = await busyMs();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const perWorker = ((await busyMs()) - ms) / IDLE_WORKERS;
  await Promise.all(parts.map((part) => part[Symbol.asyncDispose]()));
  return { connections: opened / IDLE_WORKERS, msPerSecond: (perWorker * 1_000) / IDLE_MS };
}

function source() {
  return syntheticProvider({ seed: 5, symbols: SYMBOLS });
}

async function busyMs(): Promise<number> {
  const info = await probe.info('cpu');
  return (numberIn(info, 'used_cpu_user') + numberIn(info, 'used_cpu_sys')) * 1_000;
}

async function usedBytes(): Promise<number> {
  return numberIn(await probe.info('memory'), 'used_memory');
}

async function connections(): Promise<number> {
  return numberIn(await probe.info('clients'), 'connected_clients');
}

function numberIn(info: string, name: string): number {
  return Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
}
