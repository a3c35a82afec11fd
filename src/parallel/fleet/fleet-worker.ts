import type { Job } from 'bullmq';
import { ScannerError } from '../../errors.js';
import type { DataProvider } from '../../ports/data-provider.js';
import type { Logger } from '../../ports/logger.js';
import type { Factor } from '../../scoring/factor.js';
import { defaultFactors } from '../../scoring/factors/default-factors.js';
import { BatchWorker } from '../remote/batch-worker.js';
import { openSource } from '../remote/open-source.js';
import { workThrough } from './batch-job.js';
import { BATCH_JOB, DEFAULT_QUEUE } from './fleet-job.js';
import { loadFleetPackages, requireRedisUrl } from './fleet-packages.js';
import { isDoneWithin } from './is-done-within.js';
import { Pulse } from './pulse.js';
import { Rest } from './rest.js';

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
  /** Hears when Redis goes and when it comes back. @defaultValue silent */
  readonly logger?: Logger | undefined;
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
const SHUT_OUT = 'the source of a worker did not answer for most of a batch';
/** How long it may take to give a batch back. */
const GIVE_BACK_MS = 500;
/** How long a worker that starts waits for Redis before it goes on waiting in the background. */
const START_MS = 1_000;
/** How soon what Redis could not be told is told again. */
const RETRY_MS = 500;

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
  const { open = openSource, factors = defaultFactors, batches = 1, logger } = options;
  const { queue = DEFAULT_QUEUE } = options;
  const worker = new BatchWorker({ open, factors });
  // A worker has nothing else to do than to wait for Redis.
  const connection = connect(url, { whenAway: 'wait', logger });
  const { redis } = connection;
  const pulse = new Pulse(redis, queue);
  const rest = new Rest();
  const stop = new AbortController();
  let finished = 0;
  // BullMQ gives a signal to those who ask for three arguments.
  const work = async (job: Job, _token?: string, signal?: AbortSignal) => {
    if (job.name !== BATCH_JOB) return undefined;
    try {
      const tools = { redis, worker, signals: [stop.signal, signal] };
      const { result, isShutOut } = await workThrough(job.data, tools);
      if (isShutOut) {
        rest.begin(jobs);
        if (!isLastAttempt(job)) throw new ScannerError('network', SHUT_OUT);
      } else rest.succeed();
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
  const jobs = new bullmq.Worker(queue, work, {
    connection: redis,
    concurrency: batches,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: MOST_STALLS,
    runRetryDelay: RETRY_MS,
  });
  jobs.on('error', () => {});
  // Another worker has the batch by now.
  jobs.on('lockRenewalFailed', (ids) => {
    for (const id of ids) jobs.cancelJob(id);
  });
  await isDoneWithin(pulse.start(), START_MS);
  const close = async (graceMs: number = GRACE_MS): Promise<void> => {
    pulse.stop();
    rest.end();
    const closing = jobs.close();
    if (!(await isDoneWithin(closing, graceMs))) {
      stop.abort();
      // Without Redis nobody can be told that the batch is given back: they will see that its lock is gone.
      await isDoneWithin(closing, GIVE_BACK_MS);
    }
    connection.close();
    await worker.close();
  };
  return {
    get finished() {
      return finished;
    },
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}

function isLastAttempt({ attemptsMade, opts }: Job): boolean {
  return attemptsMade + 1 >= (opts.attempts ?? 1);
}
