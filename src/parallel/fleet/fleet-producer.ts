import type { FlowJob, FlowProducer, Job, Queue, QueueEvents } from 'bullmq';
import { ScannerError } from '../../errors.js';
import type { BatchOptions } from '../../ports/batch-executor.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { SymbolResult } from '../../scanner/symbol-scanner.js';
import { sleep, throwIfAborted } from '../deadline.js';
import { LinkedSignal } from '../linked-signal.js';
import { systemTimers } from '../system-timers.js';
import { endScan } from './ended-scans.js';
import type { FleetConnection } from './fleet-connection.js';
import { BATCH_JOB, DEFAULT_QUEUE, parseFleetJob, SCAN_JOB } from './fleet-job.js';
import type { FleetExecutorOptions } from './fleet-options.js';
import type { FleetPackages } from './fleet-packages.js';
import { FleetScan, jobIdOf } from './fleet-scan.js';
import { isDoneWithin } from './is-done-within.js';
import { livingWorkers } from './pulse.js';
import { redisTime } from './redis-time.js';

const CONNECT_MS = 800;
const PATIENCE_MS = 5_000;
/** Events may be lost with a connection; this often the queue itself is asked, and it may take as long to answer. */
const RECONCILE_MS = 1_000;
const CLOSE_MS = 500;
const ATTEMPTS = 3;
const FIRST_RETRY_MS = 200;
/** How long the queue remembers what is done. */
const KEPT = { age: 300 };

interface FleetQueue {
  readonly queue: Queue;
  readonly flows: FlowProducer;
  readonly events: QueueEvents;
  readonly listening: FleetConnection;
}

/** Puts scans into the queue of a fleet and collects what comes back. */
export class FleetProducer {
  readonly #packages: FleetPackages;
  readonly #options: FleetExecutorOptions;
  readonly #name: string;
  readonly #connection: FleetConnection;
  readonly #scans = new Set<FleetScan>();
  #fleet: FleetQueue | undefined;
  #isClosed = false;

  constructor(packages: FleetPackages, options: FleetExecutorOptions) {
    this.#packages = packages;
    this.#options = options;
    this.#name = options.queue ?? DEFAULT_QUEUE;
    this.#connection = packages.connect(options.redis, { whenAway: 'fail' });
  }

  /** @throws ScannerError `network` when the fleet is not there, or stays away; `bad_data` when what comes back is not what was asked; `aborted`. */
  async execute(
    batches: readonly ScanBatch[],
    { signal, deliver }: BatchOptions<SymbolResult>,
  ): Promise<void> {
    const begun = systemTimers.elapsed();
    const { connectMs = CONNECT_MS } = this.#options;
    const [fleet, now] = await this.#connection.ask(() => this.#meet(), connectMs, signal);
    const scan = new FleetScan(batches, deliver);
    this.#scans.add(scan);
    try {
      const cutAt = now - (systemTimers.elapsed() - begun);
      const jobs = batches.map((batch) => this.#job(batch, cutAt));
      const parent = await this.#submit(fleet, scan, jobs);
      await this.#collect(fleet, scan, parent, signal);
    } catch (error) {
      throw ScannerError.is(error) ? error : this.#connection.away();
    } finally {
      this.#scans.delete(scan);
      this.#leave(fleet, scan);
    }
    if (scan.fault !== undefined) throw scan.fault;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const { queue, flows, events, listening } = this.#fleet ?? {};
    listening?.close();
    this.#connection.close();
    const closing = [queue?.close(), flows?.close(), events?.close()];
    // What waits for a connection that is away does not hear that it is closed.
    await isDoneWithin(Promise.allSettled(closing), CLOSE_MS);
  }

  /** Makes sure that a worker is there, and tells the time by Redis. */
  async #meet(): Promise<readonly [FleetQueue, number]> {
    // The scan that asked may be over, and the scanner with it.
    if (this.#isClosed) throw new ScannerError('network', 'the fleet is closed');
    this.#fleet ??= this.#open();
    const { redis } = this.#connection;
    const [workers, now] = await Promise.all([
      livingWorkers(redis, this.#name),
      redisTime(redis),
      this.#fleet.events.waitUntilReady(),
    ]);
    if (workers > 0) return [this.#fleet, now];
    throw new ScannerError('network', `no worker is there for the queue ${this.#name}`);
  }

  #open(): FleetQueue {
    const { bullmq, connect } = this.#packages;
    const { redis } = this.#connection;
    const listening = connect(this.#options.redis, { whenAway: 'wait' });
    const queue = new bullmq.Queue(this.#name, { connection: redis });
    const flows = new bullmq.FlowProducer({ connection: redis });
    const events = new bullmq.QueueEvents(this.#name, { connection: listening.redis });
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

  /**
   * The job of a batch, proven by the schema by which a worker will read it.
   *
   * @param cutAt - When the batch was cut, by the clock of Redis.
   * @throws ScannerError `bad_data`
   */
  #job(batch: ScanBatch, cutAt: number): FlowJob {
    const deadline = cutAt + batch.config.deadlineMs - batch.elapsedMs;
    return {
      name: BATCH_JOB,
      queueName: this.#name,
      data: parseFleetJob({ source: this.#options.source, deadline, batch }),
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
      await pause(scan, signal);
      throwIfAborted(signal);
      if (scan.waiting.length > 0 && (await this.#reconcile(fleet, scan, parent))) {
        seenAt = systemTimers.elapsed();
      }
      const awayMs = Math.round(systemTimers.elapsed() - seenAt);
      if (awayMs > patienceMs) {
        throw new ScannerError('network', `Redis or every worker has been away for ${awayMs} ms`);
      }
    }
  }

  /** Asks the queue what has come back; whether a fleet is there to ask. @throws ScannerError `network` when the queue forgot the scan. */
  async #reconcile({ queue }: FleetQueue, scan: FleetScan, parent: Job): Promise<boolean> {
    const ask = () =>
      Promise.all([
        parent.getState(),
        parent.getChildrenValues(),
        parent.getIgnoredChildrenFailures(),
        livingWorkers(this.#connection.redis, queue.name),
      ]);
    const answer = await this.#connection.ask(ask, RECONCILE_MS).catch(() => undefined);
    if (answer === undefined) return false;
    const [state, returned, failed, workers] = answer;
    for (const [key, value] of Object.entries(returned)) scan.complete(jobIdIn(key), value);
    for (const [key, reason] of Object.entries(failed)) scan.fail(jobIdIn(key), reason);
    if (state !== 'unknown' || scan.waiting.length === 0) return workers > 0;
    throw new ScannerError('network', 'Redis has forgotten the scan');
  }

  /** Nobody waits for what has not come back: what no worker has begun is dropped, and who works on the rest stops. */
  #leave({ queue }: FleetQueue, { id, waiting }: FleetScan): void {
    if (waiting.length === 0) return;
    const drop = waiting.map((jobId) => queue.remove(jobId));
    void Promise.allSettled([endScan(this.#connection.redis, id), ...drop]);
  }
}

/** Waits until all batches have come back, or it is time to ask for them. */
async function pause(scan: FleetScan, signal: AbortSignal | undefined): Promise<void> {
  const wake = new LinkedSignal([signal]);
  await Promise.race([scan.settled, sleep(RECONCILE_MS, systemTimers, wake.signal)]);
  wake.release();
  wake.abort(new ScannerError('aborted', 'the pause is over'));
}

/** The id at the end of a job's key, `bull:QUEUE:ID`. */
function jobIdIn(key: string): string {
  return key.slice(key.lastIndexOf(':') + 1);
}
