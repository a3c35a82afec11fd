import type { FlowJob, JobsOptions } from 'bullmq';
import type { ScanBatch } from '../../scanner/scan-batch.js';
import { BATCH_JOB, parseFleetJob, SCAN_JOB } from './fleet-job.js';
import { jobIdOf } from './fleet-scan.js';

/** What the jobs of a scan say besides their batches. */
export interface ScanFlowOptions {
  readonly queueName: string;
  readonly source: string;
  /** When the batches were cut, by the clock of Redis. */
  readonly cutAt: number;
}

/** How long the queue remembers what is done, in seconds. */
const KEPT = { age: 300 };
const BATCH: JobsOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 200 },
  // The scan goes on without a batch that failed.
  ignoreDependencyOnFailure: true,
  removeOnComplete: KEPT,
  removeOnFail: KEPT,
};

/**
 * The jobs of a scan: one that stands for it and waits for its batches. Each batch is proven by the schema by which a worker
 * will read it.
 *
 * @throws ScannerError `bad_data`
 */
export function scanFlow(
  batches: readonly ScanBatch[],
  { queueName, source, cutAt }: ScanFlowOptions,
): FlowJob {
  const children = batches.map((batch) => ({
    name: BATCH_JOB,
    queueName,
    data: parseFleetJob({
      source,
      deadline: cutAt + batch.config.deadlineMs - batch.elapsedMs,
      batch,
    }),
    opts: { jobId: jobIdOf(batch), ...BATCH },
  }));
  const opts = { jobId: batches[0].scanId, removeOnComplete: KEPT, removeOnFail: KEPT };
  return { name: SCAN_JOB, queueName, data: {}, opts, children };
}
