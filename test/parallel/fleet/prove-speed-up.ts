/**
 * What more workers are worth, behind one address and behind several: real workers, a real Redis, and a stand-in for an exchange
 * that takes 80 ms for an answer and limits each address. `npm run prove:fleet-speed-up [SYMBOLS]`; the result is kept in bench/results.
 */
import { writeFileSync } from 'node:fs';
import { fleetExecutor } from '../../../src/parallel/fleet/fleet-executor.js';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { ccxtProviderByName } from '../../../src/providers/ccxt/provider-by-name.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../../src/scanner/scan-report.js';
import { ExchangeProcess } from '../../stand-in-exchange/exchange-process.js';
import { RedisServer } from './redis-server.js';
import { WorkerProcess } from './worker-process.js';

interface Setting {
  readonly name: string;
  readonly workers: number;
  /** The address of the exchange that a worker asks, and the name it gives to its own. */
  readonly at: (worker: number) => readonly [address: number, name: string];
}

const SETTINGS: readonly Setting[] = [
  { name: '1 worker', workers: 1, at: () => [1, 'one'] },
  { name: '5 workers, 5 addresses', workers: 5, at: (i) => [i + 1, `address-${i}`] },
  { name: '5 workers, 1 address', workers: 5, at: () => [1, 'one'] },
  { name: '5 workers, 1 address, no shared budget', workers: 5, at: (i) => [1, `own-${i}`] },
];
const SYMBOLS = Number(process.argv[2] ?? 600);
const WARM_UP = 20;
const LATENCY_MS = 80;

const rows = [];
for (const setting of SETTINGS) {
  const row = await measure(setting);
  console.error(row);
  rows.push(row);
}
const [one, five] = rows;
const result = {
  title: `A cold scan of ${SYMBOLS} symbols in a fleet, ${LATENCY_MS} ms latency, 20 candle requests a second for each address`,
  speedUp: one.seconds / five.seconds,
  rows,
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
};
writeFileSync('bench/results/fleet-speed-up.json', `${JSON.stringify(result, undefined, 2)}\n`);

async function measure({ name, workers, at }: Setting) {
  await using redis = await RedisServer.start();
  await using exchange = await ExchangeProcess.start({
    exchange: 'bitget',
    symbols: SYMBOLS + WARM_UP,
    latencyMs: LATENCY_MS,
    addresses: 6,
  });
  const fleet = await Promise.all(
    Array.from({ length: workers }, (_, i) => {
      const [address, label] = at(i);
      const flags = ['--batches', '2', '--address', label];
      return WorkerProcess.start(redis.url, ...flags, '--base-url', exchange.baseUrls[address]);
    }),
  );
  try {
    const report = await scan(redis.url, exchange.baseUrls[0]);
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
    };
  } finally {
    await Promise.all(fleet.map((worker) => worker[Symbol.asyncDispose]()));
  }
}

/** Scans from an address of the producer's own: first a few symbols, so that the workers know the exchange, then the others. */
async function scan(redis: string, baseUrl: string): Promise<ScanReport> {
  const provider = await ccxtProviderByName('bitget', { baseUrl, timeoutMs: 60_000 });
  const symbols = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
  await scanSome(redis, provider, symbols.slice(SYMBOLS), 1);
  return scanSome(redis, provider, symbols.slice(0, SYMBOLS), 10);
}

async function scanSome(
  redis: string,
  provider: DataProvider,
  symbols: readonly string[],
  batchSize: number,
): Promise<ScanReport> {
  const source = 'ccxt:bitget';
  await using scanner = new EnhancedMarketScanner({
    provider,
    executor: await fleetExecutor({ redis, source, batchSize, connectMs: 10_000 }),
    config: { candleLimit: 60, deadlineMs: 1_200_000, symbolTimeoutMs: 120_000 },
  });
  return await scanner.scan({ symbols });
}
