import type { RequestOptions } from './data-provider.js';

/** What the execution of batches carries. */
export interface BatchOptions<Result> extends RequestOptions {
  /** Called for each item as it finishes, in whatever order items finish. Only the first result of an item counts. */
  readonly deliver: (result: Result) => void;
}

/**
 * Where the batches of a scan are worked through: in this process, in other threads, on other machines.
 *
 * A batch is plain data and so is what becomes of it, so the place cannot change the result.
 */
export interface BatchExecutor<Batch, Result> {
  /** Names the executor in messages. */
  readonly id: string;
  /** Into how many batches so many items are best cut, from 1. */
  batchCount(items: number): number;
  /**
   * Works through batches. An item that fails delivers its failure; the promise rejects on abort, or when the executor itself
   * is not there. Whatever was not delivered then, the scanner does in its own process; a rejection with `config` is misuse and ends the scan.
   */
  execute(batches: readonly Batch[], options: BatchOptions<Result>): Promise<void>;
  /** Frees what the executor holds. */
  close?(): Promise<void>;
}
