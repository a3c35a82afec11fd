/**
 * What more workers are worth, behind one address and behind several: real workers, a real Redis, and a stand-in for an exchange
 * that takes 80 ms for an answer and limits each address; and what comes of workers that each keep to the limits alone.
 * `npm run prove:fleet-speed-up [SYMBOLS]`; the result of the whole run, 600 symbols, is kept in bench/results.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fleetExecutor } from '../../../src/executors/fleet/fleet-executor.js';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { ccxtProviderByName } from '../../../src/providers/ccxt/provider-by-name.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../../src/scanner/scan-report.js';
import { ExchangeProcess } from '../../stand-in-exchange/exchange-process.js';
import { PlainCcxtProcess } from './plain-ccxt-process.js';
import { RedisServer } from './redis-server.js';
import { WorkerProcess } from './worker-process.js';

interface Setting {
  readonly name: string;
  readonly deadlineMs: number;
  readonly workers: number;
  /** The address of the exchange that a worker asks, and the name it gives to its own. */
  readonly at: (worker: number) => readonly [address: number, name: string];
}

const PATIENT_MS = 1_200_000;
/** Who is refused again and again is not waited for any longer than one worker takes for everything. */
const IMPATIENT_MS = 240_000;
const SETTINGS: readonly Setting[] = [
  { name: '1 worker', workers: 1, deadlineMs: PATIENT_MS, at: () => [1, 'one'] },
  {
    name: '5 workers, 5 addresses',
    workers: 5,
    deadlineMs: PATIENT_MS,
    at: (i) => [i + 1, `address-${i}`],
  },
  { name: '5 workers, 1 address', workers: 5, deadlineMs: PATIENT_MS, at: () => [1, 'one'] },
  {
    name: '5 workers, 1 address, a budget for each',
    workers: 5,
    deadlineMs: IMPATIENT_MS,
    at: (i) => [1, `own-${i}`],
  },
];
const SYMBOLS = Number(process.argv[2] ?? 600);
const WARM_UP = 20;
const CANDLES = 60;
const LATENCY_MS = 80;

const rows = [];
for (const setting of SETTINGS) {
  const row = await measure(setting);
  console.error(row);
  rows.push(row);
}
const plain = await measurePlain();
console.error(plain);
const [one, five, shared] = rows;
const result = {
  title: `A cold scan of ${SYMBOLS} symbols in a fleet, ${LATENCY_MS} ms latency, 20 candle requests a second for each address`,
  notes: [
    'a scan that lasts for more than a minute does without the order books and trades of its later symbols: they are of another moment',
    `with a budget for each, five workers ask five times too much: they pause when they are refused, and what is not there after ${IMPATIENT_MS / 1_000} s has failed`,
    'plain ccxt keeps to its own limiter and takes no notice of refusals: it asks for the candles once',
    'load is what the two cores of the machine had to do besides, as `uptime` tells it',
    'the stand-in counts refused requests, too, as a sliding window of requests does',
  ],
  speedUp: one.seconds / five.seconds,
  rows: [...rows, plain],
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
};
console.log(JSON.stringify(result, undefined, 2));
if (SYMBOLS >= 600) {
  writeFileSync('bench/results/fleet-speed-up.json', `${JSON.stringify(result, undefined, 2)}\n`);
}
if (result.speedUp < 4.5 || shared.refusedShare > 0.01) process.exitCode = 1;

async function measure({ name, workers, deadlineMs, at }: Setting) {
  await using redis = await RedisServer.start();
  await using exchange = await startExchange();
  const fleet = await Promise.all(
    Array.from({ length: workers }, (_, i) => {
      const [address, label] = at(i);
      const flags = ['--batches', '2', '--address', label];
      return WorkerProcess.start(redis.url, ...flags, '--base-url', exchange.baseUrls[address]);
    }),
  );
  try {
    const report = await scan(redis.url, exchange.baseUrls[0], deadlineMs);
    const { requests, refused } = await exchange.counts();
    return {
      name,
      seconds: report.durationMs / 1_000,
      scanned: report.scanned,
      failures: report.failures.length,
      requests,
      refused,
      refusedShare: refused / requests,
      fallback: report.fallback?.message ?? 'none',
      load: loadavg()[0],
    };
  } finally {
    await Promise.all(fleet.map((worker) => worker[Symbol.asyncDispose]()));
  }
}

/** Scans from an address of the producer's own: first a few symbols, so that the workers know the exchange, then the others. */
async function scan(redis: string, baseUrl: string, deadlineMs: number): Promise<ScanReport> {
  const provider = await ccxtProviderByName('bitget', { baseUrl, timeoutMs: 60_000 });
  const symbols = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
  await scanSome(redis, provider, symbols.slice(SYMBOLS), 1, PATIENT_MS);
  return scanSome(redis, provider, symbols.slice(0, SYMBOLS), 10, deadlineMs);
}

async function scanSome(
  redis: string,
  provider: DataProvider,
  symbols: readonly string[],
  batchSize: number,
  deadlineMs: number,
): Promise<ScanReport> {
  const source = 'ccxt:bitget';
  await using scanner = new EnhancedMarketScanner({
    provider,
    executor: await fleetExecutor({ redis, source, batchSize, connectMs: 10_000 }),
    config: { candleLimit: CANDLES, deadlineMs, symbolTimeoutMs: 120_000 },
  });
  return await scanner.scan({ symbols });
}

function startExchange(): Promise<ExchangeProcess> {
  const size = { symbols: SYMBOLS + WARM_UP, addresses: 6 };
  return ExchangeProcess.start({ exchange: 'bitget', latencyMs: LATENCY_MS, ...size });
}

/** Five processes behind one address that know of nothing but ccxt, each with a fifth of the symbols. */
async function measurePlain() {
  await using exchange = await startExchange();
  const task = { baseUrl: exchange.baseUrls[1], of: 5, symbols: SYMBOLS, limit: CANDLES };
  const processes: PlainCcxtProcess[] = [];
  // One after the other: each reads the list of markets as it starts.
  for (let part = 0; part < task.of; part++) {
    processes.push(await PlainCcxtProcess.start({ ...task, part }));
  }
  const before = await exchange.counts();
  const begun = performance.now();
  const asked = await Promise.all(processes.map((each) => each.ask()));
  const seconds = (performance.now() - begun) / 1_000;
  const after = await exchange.counts();
  const [requests, refused] = [after.requests - before.requests, after.refused - before.refused];
  return {
    name: '5 processes of plain ccxt, 1 address',
    seconds,
    scanned: asked.reduce((sum, { whole }) => sum + whole, 0),
    failures: asked.reduce((sum, { broken }) => sum + broken, 0),
    requests,
    refused,
    refusedShare: refused / requests,
    fallback: 'none',
    load: loadavg()[0],
  };
}
