import type { Job } from 'bullmq';
import { ScannerError } from '../../errors.js';
import { sleep, throwIfAborted } from '../../parallel/deadline.js';
import { LinkedSignal } from '../../parallel/linked-signal.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { BatchOptions } from '../../ports/batch-executor.js';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import type { SymbolResult } from '../../scanner/symbol-scanner.js';
import type { FleetConnection } from './fleet-connection.js';
import { DEFAULT_QUEUE } from './fleet-job.js';
import type { FleetExecutorOptions } from './fleet-options.js';
import type { FleetPackages } from './fleet-packages.js';
import { FleetQueue, type JobListener } from './fleet-queue.js';
import { FleetScan } from './fleet-scan.js';
import { livingWorkers } from './pulse.js';
import { redisTime } from './redis-time.js';
import { scanFlow } from './scan-flow.js';

const CONNECT_MS = 800;
const PATIENCE_MS = 5_000;
/** Events may be lost with a connection; this often the queue itself is asked, and it may take as long to answer. */
const RECONCILE_MS = 1_000;

/** Puts scans into the queue of a fleet and collects what comes back. */
export class FleetProducer implements JobListener {
  readonly #packages: FleetPackages;
  readonly #options: FleetExecutorOptions;
  readonly #name: string;
  readonly #connection: FleetConnection;
  readonly #scans = new Set<FleetScan>();
  #queue: FleetQueue | undefined;
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
    const { connectMs = CONNECT_MS, source } = this.#options;
    const [queue, now] = await this.#connection.ask(() => this.#meet(), connectMs, signal);
    const scan = new FleetScan(batches, deliver);
    this.#scans.add(scan);
    try {
      const cutAt = now - (systemTimers.elapsed() - begun);
      const job = await queue.submit(scanFlow(batches, { queueName: this.#name, source, cutAt }));
      await this.#collect(queue, scan, job, signal);
    } catch (error) {
      throw ScannerError.is(error) ? error : this.#connection.away();
    } finally {
      this.#scans.delete(scan);
      if (scan.waiting.length > 0) queue.drop(scan.id, scan.waiting);
    }
    if (scan.fault !== undefined) throw scan.fault;
  }

  complete(jobId: string, returned: unknown): void {
    for (const scan of this.#scans) scan.complete(jobId, returned);
  }

  fail(jobId: string, reason: string): void {
    for (const scan of this.#scans) scan.fail(jobId, reason);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#connection.close();
    await this.#queue?.close();
  }

  /** Makes sure that a worker is there, and tells the time by Redis. */
  async #meet(): Promise<readonly [FleetQueue, number]> {
    // The scan that asked may be over, and the scanner with it.
    if (this.#isClosed) throw new ScannerError('network', 'the fleet is closed');
    this.#queue ??= new FleetQueue(this.#packages, {
      name: this.#name,
      url: this.#options.redis,
      asking: this.#connection,
      listener: this,
    });
    const { redis } = this.#connection;
    const [workers, now] = await Promise.all([
      livingWorkers(redis, this.#name),
      redisTime(redis),
      this.#queue.ready(),
    ]);
    if (workers > 0) return [this.#queue, now];
    throw new ScannerError('network', `no worker is there for the queue ${this.#name}`);
  }

  /** Waits until every batch has come back, one way or the other. */
  async #collect(
    queue: FleetQueue,
    scan: FleetScan,
    job: Job,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { patienceMs = PATIENCE_MS } = this.#options;
    let seenAt = systemTimers.elapsed();
    while (scan.waiting.length > 0) {
      await pause(scan, signal);
      throwIfAborted(signal);
      if (scan.waiting.length > 0 && (await this.#reconcile(queue, scan, job))) {
        seenAt = systemTimers.elapsed();
      }
      const awayMs = Math.round(systemTimers.elapsed() - seenAt);
      if (awayMs > patienceMs) {
        throw new ScannerError('network', `Redis or every worker has been away for ${awayMs} ms`);
      }
    }
  }

  /** Asks the queue what has come back; whether a fleet is there to ask. @throws ScannerError `network` when the queue forgot the scan. */
  async #reconcile(queue: FleetQueue, scan: FleetScan, job: Job): Promise<boolean> {
    const ask = () =>
      Promise.all([queue.look(job), livingWorkers(this.#connection.redis, this.#name)]);
    const answer = await this.#connection.ask(ask, RECONCILE_MS).catch(() => undefined);
    if (answer === undefined) return false;
    const [{ isKnown, returned, failed }, workers] = answer;
    for (const [jobId, value] of returned) scan.complete(jobId, value);
    for (const [jobId, reason] of failed) scan.fail(jobId, reason);
    if (isKnown || scan.waiting.length === 0) return workers > 0;
    throw new ScannerError('network', 'Redis has forgotten the scan');
  }
}

/** Waits until all batches have come back, or it is time to ask for them. */
async function pause(scan: FleetScan, signal: AbortSignal | undefined): Promise<void> {
  const wake = new LinkedSignal([signal]);
  await Promise.race([scan.settled, sleep(RECONCILE_MS, systemTimers, wake.signal)]);
  wake.release();
  wake.abort(new ScannerError('aborted', 'the pause is over'));
}
