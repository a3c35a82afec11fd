import { loadFleetPackages, requireRedisUrl } from './fleet-packages.js';
import { QueueWorker } from './queue-worker.js';
import type { FleetWorker, FleetWorkerOptions } from './worker-options.js';

/**
 * Starts to work through batches of a fleet's queue, and goes on until it is closed. Redis may be away when it starts and may
 * go away later: it comes back by itself.
 *
 * @throws ScannerError `config` when bullmq or ioredis is not installed, or the URL is none.
 *
 * @example
 * ```ts
 * import { startFleetWorker } from 'enhanced-market-scanner/parallel/fleet';
 *
 * const worker = await startFleetWorker({ redis: 'redis://localhost:6379' });
 * process.once('SIGTERM', () => worker.close());
 * ```
 */
export async function startFleetWorker(options: FleetWorkerOptions): Promise<FleetWorker> {
  requireRedisUrl(options.redis);
  const worker = new QueueWorker(await loadFleetPackages(), options);
  await worker.begin();
  return worker;
}
