import type { BatchExecutor, BatchOptions } from '../ports/batch-executor.js';

/**
 * Works through batches in this process, side by side.
 *
 * @param work - Works through one batch; rejects on abort alone.
 * @param count - Into how many batches items are cut.
 */
export function inlineExecutor<Batch, Result>(
  work: (batch: Batch, options: BatchOptions<Result>) => Promise<void>,
  count: number,
): BatchExecutor<Batch, Result> {
  return {
    id: 'inline',
    batchCount: () => count,
    async execute(batches, options) {
      await Promise.all(batches.map((batch) => work(batch, options)));
    },
  };
}
