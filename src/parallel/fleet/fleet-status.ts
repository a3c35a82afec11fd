import { ScannerError } from '../../errors.js';
import { withDeadline } from '../deadline.js';
import { systemTimers } from '../system-timers.js';
import { DEFAULT_QUEUE } from './fleet-job.js';
import { loadFleetPackages, requireRedisUrl } from './fleet-packages.js';

/** How a fleet stands. */
export interface FleetStatus {
  readonly queue: string;
  /** Connected workers; one that is frozen still counts. */
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
  const connection = connect(requireRedisUrl(redis), {
    maxRetriesPerRequest: null,
    retryStrategy: () => 250,
  });
  const ask = async (): Promise<FleetStatus> => {
    const jobs = new bullmq.Queue(queue, { connection });
    // What an error means is told by the call that met it.
    jobs.on('error', () => {});
    const [workers, counts, info] = await Promise.all([
      jobs.getWorkersCount(),
      jobs.getJobCounts('waiting', 'delayed', 'active', 'completed', 'failed'),
      connection.info('memory', 'persistence'),
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
    return await withDeadline(ask, { ms: ANSWER_MS, timers: systemTimers, what: 'Redis' });
  } catch (cause) {
    throw new ScannerError('network', `Redis must answer within ${ANSWER_MS} ms, it did not`, {
      cause,
    });
  } finally {
    connection.disconnect();
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
