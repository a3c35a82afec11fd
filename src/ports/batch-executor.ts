import type { RequestOptions } from './data-provider.js';

/** What the execution of a batch carries. */
export interface BatchOptions<Result> extends RequestOptions {
  /** Called once for each task as it finishes, in whatever order tasks finish. */
  readonly deliver: (result: Result) => void;
}

/**
 * Where the batches of a scan are worked through: in this process, in other threads, on other machines.
 *
 * A task and its result are plain data, so the place cannot change the result.
 */
export interface BatchExecutor<Task, Result> {
  /** Works through a batch. A task that fails delivers its failure; the promise rejects on abort alone. */
  execute(batch: readonly Task[], options: BatchOptions<Result>): Promise<void>;
  /** Frees what the executor holds. */
  close?(): Promise<void>;
}
