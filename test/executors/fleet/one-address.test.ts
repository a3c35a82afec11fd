import { describe, expect, test } from 'vitest';
import { fleetExecutor } from '../../../src/executors/fleet/fleet-executor.js';
import { ccxtProviderByName } from '../../../src/providers/ccxt/provider-by-name.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import { type ExchangeCounts, ExchangeProcess } from '../../stand-in-exchange/exchange-process.js';
import { hasRedis, RedisServer } from './redis-server.js';
import { WorkerProcess } from './worker-process.js';

const TIMEFRAMES = ['15m', '1h'] as const;
/** What is spent of 20 requests a second: 16, and two at once after a pause. */
const SPENT_PER_SECOND = 16;
const AT_ONCE = 2;

interface CountedScan extends Pick<ExchangeCounts, 'requests' | 'refused'> {
  readonly durationMs: number;
}

/** Has workers scan that reach the exchange by one address; what the exchange counted of each scan. */
async function scansOf(count: number, symbols: number, scans: number): Promise<CountedScan[]> {
  await using redis = await RedisServer.start();
  await using exchange = await ExchangeProcess.start({
    exchange: 'bitget',
    symbols,
    latencyMs: 20,
    addresses: 2,
  });
  const [producer, baseUrl] = exchange.baseUrls;
  const flags = ['--address', 'one', '--base-url', baseUrl];
  const workers = await Promise.all(
    Array.from({ length: count }, () => WorkerProcess.start(redis.url, ...flags)),
  );
  const provider = await ccxtProviderByName('bitget', { baseUrl: producer, timeoutMs: 60_000 });
  const listed = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
  await using scanner = new EnhancedMarketScanner({
    provider,
    executor: await fleetExecutor({
      redis: redis.url,
      source: 'ccxt:bitget',
      batchSize: 4,
      connectMs: 15_000,
    }),
    config: { timeframes: TIMEFRAMES, candleLimit: 60, symbolTimeoutMs: 60_000 },
  });
  const found: CountedScan[] = [];
  try {
    for (let i = 0; i < scans; i++) {
      const before = await exchange.counts();
      const { fallback, durationMs } = await scanner.scan({ symbols: listed });
      if (fallback !== undefined) throw fallback;
      const after = await exchange.counts();
      found.push({
        durationMs,
        requests: after.requests - before.requests,
        refused: after.refused - before.refused,
      });
    }
    return found;
  } finally {
    await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
  }
}

describe.skipIf(!hasRedis)(
  'workers behind one address (skipped where redis-server is not installed)',
  () => {
    test('share its limits: the exchange refuses next to nothing, and is asked no faster than by one', async () => {
      const [scan] = await scansOf(3, 24, 1);
      const candles = 24 * TIMEFRAMES.length;
      expect(scan.requests).toBeGreaterThanOrEqual(candles + 2 * 24);
      // Where other tests keep the machine busy, the stand-in too stands still now and then, and counts at once what came meanwhile.
      expect(scan.refused / scan.requests).toBeLessThan(0.05);
      expect(scan.durationMs).toBeGreaterThan((1_000 * (candles - AT_ONCE)) / SPENT_PER_SECOND);
    });

    test('ask in the next scan for nothing they know already', async () => {
      const [first, second] = await scansOf(1, 8, 2);
      expect(first.requests - second.requests).toBeGreaterThanOrEqual(8 * TIMEFRAMES.length);
    });
  },
);
