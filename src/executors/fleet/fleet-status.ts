import type { Redis } from 'ioredis';
import { DEFAULT_QUEUE } from './fleet-job.js';
import { loadFleetPackages, requireRedisUrl } from './fleet-packages.js';
import { livingWorkers } from './pulse.js';

/** How a fleet stands. */
export interface FleetStatus {
  readonly queue: string;
  /** Workers that are alive: heard of within the last seconds. */
  readonly workers: number;
  /** Jobs that no worker has taken up. */
  readonly waiting: number;
  /** Jobs being worked on. */
  readonly active: number;
  /** Jobs of the last five minutes. */
  readonly completed: number;
  readonly failed: number;
  /** What of the settings of Redis could lose jobs, one sentence each. */
  readonly warnings: readonly string[];
}

const ANSWER_MS = 2_000;

/**
 * Asks the queue of a fleet how it stands.
 *
 * @throws ScannerError `network` when Redis does not answer; `config` as `fleetExecutor` does.
 */
export async function fleetStatus(
  redis: string,
  queue: string = DEFAULT_QUEUE,
): Promise<FleetStatus> {
  const { bullmq, connect } = await loadFleetPackages();
  const connection = connect(requireRedisUrl(redis), { whenAway: 'fail' });
  const ask = async (answering: Redis): Promise<FleetStatus> => {
    const jobs = new bullmq.Queue(queue, { connection: answering });
    // What an error means is told by the call that met it.
    jobs.on('error', () => {});
    const [workers, counts, info] = await Promise.all([
      livingWorkers(answering, queue),
      jobs.getJobCounts('waiting', 'delayed', 'active', 'completed', 'failed'),
      answering.info('memory', 'persistence'),
    ]);
    const { waiting, delayed, active, completed, failed } = counts;
    return {
      queue,
      workers,
      waiting: waiting + delayed,
      active,
      completed,
      failed,
      warnings: warningsOf(info),
    };
  };
  try {
    return await connection.ask(ask, ANSWER_MS);
  } finally {
    connection.close();
  }
}

function warningsOf(info: string): readonly string[] {
  const warnings: string[] = [];
  const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1];
  if (policy !== undefined && policy !== 'noeviction') {
    warnings.push(`maxmemory-policy is ${policy}: jobs may vanish; it must be noeviction`);
  }
  if (info.includes('aof_enabled:0')) {
    warnings.push('appendonly is off: a restart of Redis loses the scans under way');
  }
  return warnings;
}
