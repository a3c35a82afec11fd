import type { Redis } from 'ioredis';
import { ScannerError } from '../../errors.js';
import { LinkedSignal } from '../../parallel/linked-signal.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { BatchWorker } from '../remote/batch-worker.js';
import { packResult } from '../remote/packed-result.js';
import { hasEnded } from './ended-scans.js';
import { parseFleetJob } from './fleet-job.js';
import { encodeResult, type FleetResult } from './fleet-result.js';
import { redisTime } from './redis-time.js';

/** What a job is worked through with. */
export interface BatchJobTools {
  readonly redis: Redis;
  readonly worker: BatchWorker;
  /** Each of them ends the work. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

/** What a worker has found must be there before the scan's deadline, so it stops earlier: by a tenth of the time, at most so much. */
const RETURN_MS = 500;
/** Of the scan's time so much must be left for a batch to be worth another attempt. */
const WORTH_SHARE = 0.25;
/** How often a worker asks whether its scan is still wanted. */
const ASK_MS = 500;

/** What became of a batch. */
export interface BatchOutcome {
  readonly result: FleetResult;
  /** Whether most of it failed in passing, with time left: a worker behind another address may do better. */
  readonly isShutOut: boolean;
}

/**
 * Works through the batch of a job.
 *
 * @throws ScannerError `bad_data` for a job that is none, `unsupported` when nobody waits for its scan any more, `config` when
 * source or factors are not those of its scanner, `aborted`.
 */
export async function workThrough(data: unknown, tools: BatchJobTools): Promise<BatchOutcome> {
  const { source, deadline, batch } = parseFleetJob(data);
  const { scanId, config } = batch;
  const returnMs = Math.min(RETURN_MS, config.deadlineMs / 10);
  const leftMs = deadline - returnMs - (await redisTime(tools.redis));
  const over = new ScannerError('unsupported', 'nobody waits for the scan of this batch any more');
  if (leftMs <= 0 || (await hasEnded(tools.redis, scanId))) throw over;
  const begun = systemTimers.elapsed();
  const link = new LinkedSignal(tools.signals);
  let isOver = false;
  const asking = setInterval(async () => {
    // While Redis does not answer, the scan's own deadline holds.
    isOver = await hasEnded(tools.redis, scanId).catch(() => false);
    if (isOver) link.abort(over);
  }, ASK_MS);
  const results: FleetResult['results'][number][] = [];
  const elapsedMs = config.deadlineMs - Math.min(leftMs, config.deadlineMs);
  try {
    await tools.worker.scan({ ...batch, elapsedMs }, source, {
      signal: link.signal,
      deliver: (result) => results.push(encodeResult(packResult(result, batch))),
    });
    const failed = results.filter((result) => 'error' in result && result.error.retryable);
    const isWorthIt = leftMs - (systemTimers.elapsed() - begun) > WORTH_SHARE * config.deadlineMs;
    return { result: { results }, isShutOut: isWorthIt && failed.length > results.length / 2 };
  } catch (error) {
    throw isOver ? over : error;
  } finally {
    clearInterval(asking);
    link.release();
  }
}
