/** What a fleet adds to a batch, how many it works through in a second, and what a worker weighs that has nothing to do. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fleetExecutor } from '../dist/fleet.js';
import { EnhancedMarketScanner } from '../dist/index.js';
import { syntheticProvider } from '../dist/providers.js';
import { report } from './report.js';

const SYMBOLS = 24;
const SCANS = 200;
const WARM_UP = 5;
const ONE_SYMBOL = ['BTC/USDT'];
const config = { timeframes: ['1h'], candleLimit: 60 } as const;

const folder = mkdtempSync(join(tmpdir(), 'ems-bench-'));
const port = await freePort();
const redisUrl = `redis://127.0.0.1:${port}`;
const server = spawn(
  'redis-server',
  [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--appendonly',
    'yes',
    '--save',
    '',
  ],
  { stdio: 'ignore' },
);
await once(server, 'spawn');
const worker = await startWorker();
await sleep(2_000);
const idleMb = residentMb(worker);

const here = await times(ONE_SYMBOL);
const there = await times(ONE_SYMBOL, 1);
const inProcess = quantile(here, 0.5);
const all = await times(undefined, 1);
const perSecond = (SYMBOLS * 1_000) / quantile(all, 0.5);
const usedMb = residentMb(worker);
worker.kill();
server.kill();
await Promise.all([once(worker, 'exit'), once(server, 'exit')]);
rmSync(folder, { recursive: true });

report({
  title: 'A fleet of one worker, Redis with an append-only file',
  notes: [
    'a batch is one symbol; its overhead is a scan in the fleet less the median of the same scan in this process',
    'memory is what is resident in the worker',
  ],
  rows: [
    { name: 'overhead of a batch, p50, ms', value: quantile(there, 0.5) - inProcess },
    { name: 'overhead of a batch, p99, ms', value: quantile(there, 0.99) - inProcess },
    { name: 'batches a second', value: perSecond },
    { name: 'idle worker, MB', value: idleMb },
    { name: 'worker after its scans, MB', value: usedMb },
  ],
});

/** How long each of many scans takes, in a fleet when there is a size of its batches. */
async function times(
  symbols: readonly string[] | undefined,
  batchSize?: number,
): Promise<number[]> {
  const fleet = { redis: redisUrl, source: 'synthetic:5', batchSize, connectMs: 10_000 };
  await using scanner = new EnhancedMarketScanner({
    provider: syntheticProvider({ seed: 5, symbols: SYMBOLS }),
    config: { ...config, minQuoteVolume24h: 0 },
    executor: batchSize === undefined ? undefined : await fleetExecutor(fleet),
  });
  const asked = symbols ?? (await markets());
  const found: number[] = [];
  for (let i = 0; i < WARM_UP + SCANS; i++) {
    const begun = performance.now();
    const { fallback } = await scanner.scan({ symbols: asked });
    if (fallback !== undefined) throw fallback;
    if (i >= WARM_UP) found.push(performance.now() - begun);
  }
  return found;
}

async function markets(): Promise<readonly string[]> {
  const listed = await syntheticProvider({ seed: 5, symbols: SYMBOLS }).fetchMarkets();
  return listed.map(({ symbol }) => symbol);
}

async function startWorker(): Promise<ChildProcess> {
  const ems = new URL('../dist/bin/ems.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [ems, 'worker', '--fleet', redisUrl], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // It says that it waits.
  await once(child.stderr as NonNullable<typeof child.stderr>, 'data');
  return child;
}

function residentMb({ pid }: ChildProcess): number {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1_024;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return free;
}
