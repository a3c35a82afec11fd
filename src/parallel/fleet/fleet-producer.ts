import type { FlowJob, FlowProducer, Job, Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { ScannerError } from '../../errors.js';
import type { BatchOptions } from '../../ports/batch-executor.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { SymbolResult } from '../../scanner/symbol-scanner.js';
import { sleep, throwIfAborted, withDeadline } from '../deadline.js';
import { systemTimers } from '../system-timers.js';
import { BATCH_JOB, DEFAULT_QUEUE, parseFleetJob, SCAN_JOB } from './fleet-job.js';
import type { FleetExecutorOptions } from './fleet-options.js';
import type { FleetPackages } from './fleet-packages.js';
import { FleetScan, jobIdOf } from './fleet-scan.js';

const CONNECT_MS = 800;
const PATIENCE_MS = 10_000;
/** Events may be lost with a connection; this often the queue itself is asked, and it may take as long to answer. */
const RECONCILE_MS = 1_000;
const RECONNECT_MS = 250;
const ATTEMPTS = 3;
const FIRST_RETRY_MS = 200;
/** How long the queue remembers what is done. */
const KEPT = { age: 300 };

interface FleetQueue {
  readonly queue: Queue;
  readonly flows: FlowProducer;
  readonly events: QueueEvents;
  readonly listening: Redis;
}

/** Puts scans into the queue of a fleet and collects what comes back. */
export class FleetProducer {
  readonly #packages: FleetPackages;
  readonly #options: FleetExecutorOptions;
  readonly #name: string;
  readonly #redis: Redis;
  readonly #scans = new Set<FleetScan>();
  #fleet: FleetQueue | undefined;
  #isClosed = false;

  constructor(packages: FleetPackages, options: FleetExecutorOptions) {
    this.#packages = packages;
    this.#options = options;
    this.#name = options.queue ?? DEFAULT_QUEUE;
    // Without a queue of commands a call fails at once while Redis is away, and the scan can go on without it.
    this.#redis = packages.connect(options.redis, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      retryStrategy: () => RECONNECT_MS,
    });
  }

  /** @throws ScannerError `network` when the fleet is not there, or stays away; `aborted`. */
  async execute(
    batches: readonly ScanBatch[],
    { signal, deliver }: BatchOptions<SymbolResult>,
  ): Promise<void> {
    const jobs = batches.map((batch) => this.#job(batch));
    const fleet = await this.#meet(signal);
    const scan = new FleetScan(batches, deliver);
    this.#scans.add(scan);
    try {
      const parent = await this.#submit(fleet, scan, jobs);
      await this.#collect(fleet, scan, parent, signal);
    } catch (error) {
      throw ScannerError.is(error) ? error : away(error);
    } finally {
      this.#scans.delete(scan);
      // Nobody waits for these any more; one that is being worked on ends by its own deadline.
      void Promise.allSettled(scan.waiting.map((jobId) => fleet.queue.remove(jobId)));
    }
    if (scan.fault !== undefined) throw scan.fault;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const { queue, flows, events, listening } = this.#fleet ?? {};
    // A connection that is away does not answer to its closing either.
    listening?.disconnect();
    this.#redis.disconnect();
    await Promise.allSettled([queue?.close(), flows?.close(), events?.close()]);
  }

  /** The job of a batch, proven by the schema by which a worker will read it. @throws ScannerError `bad_data` */
  #job(batch: ScanBatch): FlowJob {
    const deadline = Date.now() + batch.config.deadlineMs - batch.elapsedMs;
    const data = parseFleetJob({ source: this.#options.source, deadline, batch });
    return {
      name: BATCH_JOB,
      queueName: this.#name,
      data,
      opts: {
        jobId: jobIdOf(batch),
        attempts: ATTEMPTS,
        backoff: { type: 'exponential', delay: FIRST_RETRY_MS },
        // The scan goes on without a batch that failed.
        ignoreDependencyOnFailure: true,
        removeOnComplete: KEPT,
        removeOnFail: KEPT,
      },
    };
  }

  /** Makes sure that Redis answers and a worker is there. */
  async #meet(signal: AbortSignal | undefined): Promise<FleetQueue> {
    const { connectMs = CONNECT_MS } = this.#options;
    const meet = async (): Promise<FleetQueue> => {
      if (this.#redis.status !== 'ready') {
        await new Promise<void>((resolve) => this.#redis.once('ready', resolve));
      }
      // The scan that asked may be over, and the scanner with it.
      if (this.#isClosed) throw new ScannerError('network', 'the fleet is closed');
      this.#fleet ??= this.#open();
      await this.#fleet.events.waitUntilReady();
      if ((await this.#fleet.queue.getWorkersCount()) > 0) return this.#fleet;
      throw new ScannerError('network', `no worker is there for the queue ${this.#name}`);
    };
    const limits = { ms: connectMs, timers: systemTimers, what: 'Redis', signal };
    return withDeadline(meet, limits).catch((error: unknown) => {
      throw ScannerError.is(error) ? error : away(error);
    });
  }

  #open(): FleetQueue {
    const { bullmq, connect } = this.#packages;
    const listening = connect(this.#options.redis, {
      maxRetriesPerRequest: null,
      retryStrategy: () => RECONNECT_MS,
    });
    const queue = new bullmq.Queue(this.#name, { connection: this.#redis });
    const flows = new bullmq.FlowProducer({ connection: this.#redis });
    const events = new bullmq.QueueEvents(this.#name, { connection: listening });
    // What an error means is told by the call that met it.
    queue.on('error', () => {});
    flows.on('error', () => {});
    events.on('error', () => {});
    events.on('completed', ({ jobId, returnvalue }) => {
      for (const scan of this.#scans) scan.complete(jobId, returnvalue);
    });
    events.on('failed', ({ jobId, failedReason }) => {
      for (const scan of this.#scans) scan.fail(jobId, failedReason);
    });
    return { queue, flows, events, listening };
  }

  async #submit({ flows }: FleetQueue, { id }: FleetScan, children: FlowJob[]): Promise<Job> {
    const opts = { jobId: id, removeOnComplete: KEPT, removeOnFail: KEPT };
    const flow = { name: SCAN_JOB, queueName: this.#name, data: {}, opts, children };
    return (await flows.add(flow)).job;
  }

  /** Waits until every batch has come back, one way or the other. */
  async #collect(
    fleet: FleetQueue,
    scan: FleetScan,
    parent: Job,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { patienceMs = PATIENCE_MS } = this.#options;
    let seenAt = systemTimers.elapsed();
    while (scan.waiting.length > 0) {
      await this.#pause(scan, signal);
      throwIfAborted(signal);
      if (scan.waiting.length > 0 && (await this.#reconcile(fleet, scan, parent))) {
        seenAt = systemTimers.elapsed();
      }
      const awayMs = systemTimers.elapsed() - seenAt;
      if (awayMs > patienceMs) {
        throw new ScannerError(
          'network',
          `Redis or every worker has been away for ${Math.round(awayMs)} ms`,
        );
      }
    }
  }

  async #pause(scan: FleetScan, signal: AbortSignal | undefined): Promise<void> {
    const wake = new AbortController();
    const onAbort = (): void => wake.abort();
    signal?.addEventListener('abort', onAbort, { once: true });
    await Promise.race([scan.settled, sleep(RECONCILE_MS, systemTimers, wake.signal)]);
    signal?.removeEventListener('abort', onAbort);
    wake.abort();
  }

  /** Asks the queue what has come back; whether a fleet is there to ask. @throws ScannerError `network` when the queue forgot the scan. */
  async #reconcile({ queue }: FleetQueue, scan: FleetScan, parent: Job): Promise<boolean> {
    const ask = () =>
      Promise.all([
        parent.getState(),
        parent.getChildrenValues(),
        parent.getIgnoredChildrenFailures(),
        queue.getWorkersCount(),
      ]);
    const limits = { ms: RECONCILE_MS, timers: systemTimers, what: 'Redis' };
    const answer = await withDeadline(ask, limits).catch(() => undefined);
    if (answer === undefined) return false;
    const [state, returned, failed, workers] = answer;
    for (const [key, value] of Object.entries(returned)) scan.complete(jobIdIn(key), value);
    for (const [key, reason] of Object.entries(failed)) scan.fail(jobIdIn(key), reason);
    if (state !== 'unknown' || scan.waiting.length === 0) return workers > 0;
    throw new ScannerError('network', 'Redis has forgotten the scan');
  }
}

/** The id at the end of a job's key, `bull:QUEUE:ID`. */
function jobIdIn(key: string): string {
  return key.slice(key.lastIndexOf(':') + 1);
}

function away(cause: unknown): ScannerError {
  const why = cause instanceof Error ? cause.message : 'without a word';
  return new ScannerError('network', `Redis is away: ${why}`, { cause });
}
