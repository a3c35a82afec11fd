import type { BatchExecutor, BatchOptions } from '../ports/batch-executor.js';
import { boundedMap, type Limiter } from './bounded-map.js';

/**
 * Works through batches in this process.
 *
 * @param work - Turns a task into its result; rejects on abort alone.
 * @param limit - Bounds how many tasks run at once, over all batches together.
 */
export function inlineExecutor<Task, Result>(
  work: (task: Task, signal: AbortSignal | undefined) => Promise<Result>,
  limit: Limiter,
): BatchExecutor<Task, Result> {
  return {
    async execute(batch: readonly Task[], { signal, deliver }: BatchOptions<Result>) {
      await boundedMap(batch, limit, async (task) => deliver(await work(task, signal)), signal);
    },
  };
}
