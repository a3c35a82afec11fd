/**
 * What a worker and a service take of memory when they scan a real client's exchange: ccxt over a stand-in for Bitget with 600
 * markets, all five timeframes, books and trades.
 *
 *     npm run measure:memory [SYMBOLS]
 *
 * Takes about five minutes, for both keep to the exchange's limits. Needs `redis-server`; keeps what it finds in
 * bench/results/memory.json, from which the limits of examples/docker/compose.yaml are made.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fleetExecutor } from '../src/executors/fleet/fleet-executor.js';
import { ccxtProviderByName } from '../src/providers/ccxt/provider-by-name.js';
import { EnhancedMarketScanner } from '../src/scanner/enhanced-market-scanner.js';
import { freePort, RedisServer } from '../test/executors/fleet/redis-server.js';
import { ExchangeProcess } from '../test/stand-in-exchange/exchange-process.js';

const SYMBOLS = Number(process.argv[2] ?? 600);
const SCANS = 2;
/** Some of the invented markets are dead. */
const ALMOST_ALL = 0.9;
const PATIENT = { deadlineMs: 900_000, symbolTimeoutMs: 300_000 };
const EMS = 'dist/bin/ems.js';

await using redis = await RedisServer.start();
await using exchange = await ExchangeProcess.start({
  exchange: 'bitget',
  symbols: SYMBOLS,
  latencyMs: 20,
  addresses: 3,
});
const [producer, forWorker, forService] = exchange.baseUrls;
const [worker, service] = await Promise.all([worksIn(), serves()]);
const found = {
  title: `Memory of a worker and of a service that scans by itself, ${SYMBOLS} markets through ccxt`,
  notes: [
    'resident memory in MB: before the first scan, the most it ever was, and after the last scan: two of the worker, one of the service',
    'each scans the whole market by itself, as the last worker of a fleet has to, and a service without its fleet',
  ],
  symbols: SYMBOLS,
  worker,
  service,
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
};
console.log(JSON.stringify(found, undefined, 2));
if (SYMBOLS >= 600) {
  writeFileSync('bench/results/memory.json', `${JSON.stringify(found, undefined, 2)}\n`);
}

/** A worker that has the whole market to itself. */
async function worksIn() {
  const flags = ['--fleet', redis.url, '--address', 'worker', '--base-url', forWorker];
  const child = start(['worker', ...flags, '--batches', '2']);
  try {
    await sleep(5_000);
    const idleMb = residentMb(child, 'VmRSS');
    const provider = await ccxtProviderByName('bitget', { baseUrl: producer, timeoutMs: 60_000 });
    await using scanner = new EnhancedMarketScanner({
      provider,
      executor: await fleetExecutor({
        redis: redis.url,
        source: 'ccxt:bitget',
        connectMs: 10_000,
      }),
      config: PATIENT,
    });
    const symbols = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
    for (let i = 0; i < SCANS; i++) {
      const { fallback } = await scanner.scan({ symbols });
      if (fallback !== undefined) throw fallback;
    }
    return memoryOf(child, idleMb);
  } finally {
    child.kill('SIGKILL');
  }
}

/** A service that scans by itself. */
async function serves() {
  const port = await freePort();
  const file = join(mkdtempSync(join(tmpdir(), 'ems-memory-')), 'settings.json');
  writeFileSync(file, JSON.stringify({ ...PATIENT, minQuoteVolume24h: 0, minChange24h: 0 }));
  const source = ['--source', 'ccxt:bitget', '--base-url', forService];
  const child = start(['serve', ...source, '--port', `${port}`, '--config', file]);
  try {
    await sleep(5_000);
    const idleMb = residentMb(child, 'VmRSS');
    while ((await symbolsScanned(port)) < SYMBOLS * ALMOST_ALL) await sleep(1_000);
    return memoryOf(child, idleMb);
  } finally {
    child.kill('SIGKILL');
  }
}

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [EMS, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function symbolsScanned(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/status`).catch(() => undefined);
  if (answer === undefined) return 0;
  const status = (await answer.json()) as { readonly metrics: { readonly symbolsScanned: number } };
  return status.metrics.symbolsScanned;
}

function memoryOf(child: ChildProcess, idleMb: number) {
  return { idleMb, mostMb: residentMb(child, 'VmHWM'), laterMb: residentMb(child, 'VmRSS') };
}

function residentMb({ pid }: ChildProcess, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kilobytes] = new RegExp(`${field}:\\s+(\\d+)`).exec(status) ?? [];
  return Math.round(Number(kilobytes) / 1_024);
}
