import type { ScanExecutor } from '../../scanner/scan-batch.js';
import type { FleetExecutorOptions } from './fleet-options.js';
import { loadFleetPackages, requireRedisUrl } from './fleet-packages.js';
import { FleetProducer } from './fleet-producer.js';

const DEFAULT_BATCH_SIZE = 10;

/**
 * Scans symbols in other processes, started by `startFleetWorker` or `ems worker`, through a queue in Redis.
 *
 * A batch whose worker is killed or frozen is with another within seven seconds, and its results count once. Where Redis does
 * not answer within `connectMs`, no worker is there, or both stay away for `patienceMs`, the scanner does the work itself and
 * its report says so in `fallback`.
 *
 * @throws ScannerError `config` when bullmq or ioredis is not installed, or the URL is none.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { fleetExecutor } from 'enhanced-market-scanner/parallel/fleet';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * await using scanner = new EnhancedMarketScanner({
 *   provider: syntheticProvider({ seed: 7 }),
 *   executor: await fleetExecutor({ redis: 'redis://localhost:6379', source: 'synthetic:7' }),
 * });
 * ```
 */
export async function fleetExecutor(options: FleetExecutorOptions): Promise<ScanExecutor> {
  requireRedisUrl(options.redis);
  const producer = new FleetProducer(await loadFleetPackages(), options);
  const batchSize = options.batchSize ?? DEFAULT_BATCH_SIZE;
  return {
    id: 'fleet',
    batchCount: (symbols) => Math.ceil(symbols / batchSize),
    execute: (batches, scan) => producer.execute(batches, scan),
    close: () => producer.close(),
  };
}
