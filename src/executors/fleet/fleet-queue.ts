import type { FlowJob, FlowProducer, Job, Queue, QueueEvents } from 'bullmq';
import { endScan } from './ended-scans.js';
import type { FleetConnection } from './fleet-connection.js';
import type { FleetPackages } from './fleet-packages.js';
import { isDoneWithin } from './is-done-within.js';

/** Hears what became of jobs, of whichever scan they are; more than once, and not of those that ended while Redis was away. */
export interface JobListener {
  complete(jobId: string, returned: unknown): void;
  fail(jobId: string, reason: string): void;
}

/** Where a queue is, and who hears of its jobs. */
export interface FleetQueueOptions {
  readonly name: string;
  readonly url: string;
  /** What is asked of Redis goes through it; it stays open when the queue is closed. */
  readonly asking: FleetConnection;
  readonly listener: JobListener;
}

/** How the batches of a scan stand that have come back. */
export interface QueuedScan {
  /** Whether the queue still knows the scan. */
  readonly isKnown: boolean;
  /** What was returned, by job. */
  readonly returned: ReadonlyMap<string, unknown>;
  /** Why jobs failed after their last attempt. */
  readonly failed: ReadonlyMap<string, string>;
}

const CLOSE_MS = 500;

/** The queue of a fleet, as those see it who put scans into it. */
export class FleetQueue {
  readonly #asking: FleetConnection;
  readonly #listening: FleetConnection;
  readonly #queue: Queue;
  readonly #flows: FlowProducer;
  readonly #events: QueueEvents;

  constructor({ bullmq, connect }: FleetPackages, options: FleetQueueOptions) {
    const { name, url, asking, listener } = options;
    const { redis } = asking;
    this.#asking = asking;
    this.#listening = connect(url, { whenAway: 'wait' });
    this.#queue = new bullmq.Queue(name, { connection: redis });
    this.#flows = new bullmq.FlowProducer({ connection: redis });
    this.#events = new bullmq.QueueEvents(name, { connection: this.#listening.redis });
    // What an error means is told by the call that met it.
    this.#queue.on('error', () => {});
    this.#flows.on('error', () => {});
    this.#events.on('error', () => {});
    this.#events.on('completed', ({ jobId, returnvalue }) => listener.complete(jobId, returnvalue));
    this.#events.on('failed', ({ jobId, failedReason }) => listener.fail(jobId, failedReason));
  }

  /** Resolves when it hears of jobs. */
  async ready(): Promise<void> {
    await this.#events.waitUntilReady();
  }

  /** Puts a scan and its batches into the queue; gives the job of the scan. */
  async submit(flow: FlowJob): Promise<Job> {
    return (await this.#flows.add(flow)).job;
  }

  /** What has become of a scan by now, as the queue itself has it. */
  async look(scan: Job): Promise<QueuedScan> {
    const [state, returned, failed] = await Promise.all([
      scan.getState(),
      scan.getChildrenValues(),
      scan.getIgnoredChildrenFailures(),
    ]);
    return { isKnown: state !== 'unknown', returned: byJobId(returned), failed: byJobId(failed) };
  }

  /** Nobody waits for these jobs of a scan any more: those no worker has begun are dropped, and who works on the rest stops. */
  drop(scanId: string, jobIds: readonly string[]): void {
    const dropping = jobIds.map((jobId) => this.#queue.remove(jobId));
    void Promise.allSettled([endScan(this.#asking.redis, scanId), ...dropping]);
  }

  async close(): Promise<void> {
    this.#listening.close();
    const closing = [this.#queue, this.#flows, this.#events].map((each) => each.close());
    // What waits for a connection that is away does not hear that it is closed.
    await isDoneWithin(Promise.allSettled(closing), CLOSE_MS);
  }
}

/** By the id at the end of a job's key, `bull:QUEUE:ID`. */
function byJobId<T>(found: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(found).map(([key, value]) => [key.slice(key.lastIndexOf(':') + 1), value]),
  );
}
