import type { Job } from 'bullmq';
import { ScannerError } from '../../errors.js';
import type { DataProvider } from '../../ports/data-provider.js';
import type { Factor } from '../../scoring/factor.js';
import { defaultFactors } from '../../scoring/factors/default-factors.js';
import { BatchWorker } from '../remote/batch-worker.js';
import { openSource } from '../remote/open-source.js';
import { packResult } from '../remote/packed-result.js';
import { BATCH_JOB, DEFAULT_QUEUE, parseFleetJob } from './fleet-job.js';
import { loadFleetPackages, requireRedisUrl } from './fleet-packages.js';
import { encodeResult, type FleetResult } from './fleet-result.js';

/** What a worker of a fleet is made of. */
export interface FleetWorkerOptions {
  /** `redis://` or, with TLS, `rediss://`; user and password stand in it. */
  readonly redis: string;
  /** @defaultValue 'ems-scans' */
  readonly queue?: string | undefined;
  /** Opens the source a job names. @defaultValue `synthetic[:SEED]` and `files:DIR` */
  readonly open?: ((source: string) => Promise<DataProvider>) | undefined;
  /** Those of the scanners it works for, in order. @defaultValue `defaultFactors` */
  readonly factors?: readonly Factor[] | undefined;
  /** Batches worked on at once. @defaultValue 1 */
  readonly batches?: number | undefined;
}

/** A worker at work. */
export interface FleetWorker extends AsyncDisposable {
  /** How many batches it has finished. */
  readonly finished: number;
  /** Takes no more batches and finishes those it has; after `graceMs` another worker gets them. @defaultValue 4_000 */
  close(graceMs?: number): Promise<void>;
}

/**
 * A worker that is silent for longer than its lock has lost its batch, and a lock is looked at every two seconds: a batch of
 * a worker that was killed is with another within seven.
 */
const LOCK_MS = 5_000;
const STALLED_CHECK_MS = 2_000;
/** How often a batch may lose its worker before it is held responsible itself. */
const MOST_STALLS = 3;
const GRACE_MS = 4_000;

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
  const url = requireRedisUrl(options.redis);
  const { bullmq, connect } = await loadFleetPackages();
  const { open = openSource, factors = defaultFactors, batches = 1 } = options;
  const batchWorker = new BatchWorker({ open, factors });
  // A worker has nothing else to do than to wait for Redis.
  const redis = connect(url, { maxRetriesPerRequest: null, retryStrategy: () => 250 });
  const stop = new AbortController();
  let finished = 0;
  const work = async (job: Job): Promise<FleetResult | undefined> => {
    if (job.name !== BATCH_JOB) return undefined;
    try {
      const result = await scanBatch(job.data, batchWorker, stop.signal);
      finished++;
      return result;
    } catch (error) {
      // Another attempt would meet the same data, settings and time.
      if (ScannerError.is(error) && !error.retryable && error.code !== 'aborted') {
        throw new bullmq.UnrecoverableError(error.message);
      }
      throw error;
    }
  };
  const worker = new bullmq.Worker(options.queue ?? DEFAULT_QUEUE, work, {
    connection: redis,
    concurrency: batches,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: MOST_STALLS,
  });
  worker.on('error', () => {});
  const close = async (graceMs: number = GRACE_MS): Promise<void> => {
    const timer = setTimeout(() => {
      stop.abort();
      void worker.close(true);
    }, graceMs);
    await worker.close();
    clearTimeout(timer);
    redis.disconnect();
    await batchWorker.close();
  };
  return {
    get finished() {
      return finished;
    },
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}

async function scanBatch(
  data: unknown,
  worker: BatchWorker,
  signal: AbortSignal,
): Promise<FleetResult> {
  const { source, deadline, batch } = parseFleetJob(data);
  const leftMs = deadline - Date.now();
  if (leftMs <= 0) {
    throw new ScannerError('unsupported', 'the scan had ended before its batch began');
  }
  const results: FleetResult['results'][number][] = [];
  const { deadlineMs } = batch.config;
  await worker.scan({ ...batch, elapsedMs: deadlineMs - Math.min(leftMs, deadlineMs) }, source, {
    signal,
    deliver: (result) => results.push(encodeResult(packResult(result, batch))),
  });
  return { results };
}
