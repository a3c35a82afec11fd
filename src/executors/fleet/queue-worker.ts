import type { Job, Worker } from 'bullmq';
import { ScannerError } from '../../errors.js';
import { defaultFactors } from '../../scoring/factors/default-factors.js';
import { BatchWorker } from '../remote/batch-worker.js';
import { openSource } from '../remote/open-source.js';
import { workThrough } from './batch-job.js';
import type { FleetConnection } from './fleet-connection.js';
import { BATCH_JOB, DEFAULT_QUEUE } from './fleet-job.js';
import type { FleetPackages } from './fleet-packages.js';
import type { FleetResult } from './fleet-result.js';
import { isDoneWithin } from './is-done-within.js';
import { Pulse } from './pulse.js';
import { Rest } from './rest.js';
import type { FleetWorker, FleetWorkerOptions } from './worker-options.js';

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

/** Takes batches from the queue of a fleet, works through them and gives back what was found, until it is closed. */
export class QueueWorker implements FleetWorker {
  readonly #bullmq: FleetPackages['bullmq'];
  readonly #connection: FleetConnection;
  readonly #batchWorker: BatchWorker;
  readonly #jobs: Worker;
  readonly #pulse: Pulse;
  readonly #rest = new Rest();
  readonly #stop = new AbortController();
  #finished = 0;

  constructor({ bullmq, connect }: FleetPackages, options: FleetWorkerOptions) {
    const { open = openSource, factors = defaultFactors, batches = 1, logger } = options;
    const { redis: url, queue = DEFAULT_QUEUE } = options;
    this.#bullmq = bullmq;
    this.#batchWorker = new BatchWorker({ open, factors });
    // A worker has nothing else to do than to wait for Redis.
    this.#connection = connect(url, { whenAway: 'wait', logger });
    const { redis } = this.#connection;
    this.#pulse = new Pulse(redis, queue);
    // BullMQ gives a signal to those who ask for three arguments.
    const work = (job: Job, _token?: string, signal?: AbortSignal) => this.#work(job, signal);
    this.#jobs = new bullmq.Worker(queue, work, {
      connection: redis,
      concurrency: batches,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MOST_STALLS,
      runRetryDelay: RETRY_MS,
    });
    this.#jobs.on('error', () => {});
    // Another worker has the batch by now.
    this.#jobs.on('lockRenewalFailed', (ids) => {
      for (const id of ids) this.#jobs.cancelJob(id);
    });
  }

  get finished(): number {
    return this.#finished;
  }

  /** Says that it is there; waits a little for Redis, and then goes on waiting in the background. */
  async begin(): Promise<void> {
    await isDoneWithin(this.#pulse.start(), START_MS);
  }

  async close(graceMs: number = GRACE_MS): Promise<void> {
    this.#pulse.stop();
    this.#rest.end();
    const closing = this.#jobs.close();
    if (!(await isDoneWithin(closing, graceMs))) {
      this.#stop.abort();
      // Without Redis nobody can be told that the batch is given back: they will see that its lock is gone.
      await isDoneWithin(closing, GIVE_BACK_MS);
    }
    this.#connection.close();
    await this.#batchWorker.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #work(job: Job, signal: AbortSignal | undefined): Promise<FleetResult | undefined> {
    if (job.name !== BATCH_JOB) return undefined;
    try {
      return await this.#attempt(job, signal);
    } catch (error) {
      // Another attempt would meet the same data, settings and time.
      if (ScannerError.is(error) && !error.retryable && error.code !== 'aborted') {
        throw new this.#bullmq.UnrecoverableError(error.message);
      }
      throw error;
    }
  }

  async #attempt(job: Job, signal: AbortSignal | undefined): Promise<FleetResult> {
    const { result, isShutOut } = await workThrough(job.data, {
      redis: this.#connection.redis,
      worker: this.#batchWorker,
      signals: [this.#stop.signal, signal],
    });
    if (isShutOut) {
      this.#rest.begin(this.#jobs);
      if (!isLastAttempt(job)) throw new ScannerError('network', SHUT_OUT);
    } else this.#rest.succeed();
    this.#finished++;
    return result;
  }
}

function isLastAttempt({ attemptsMade, opts }: Job): boolean {
  return attemptsMade + 1 >= (opts.attempts ?? 1);
}
