import pLimit from 'p-limit';
import { throwIfAborted } from './deadline.js';

/** Runs at most so many pieces of work at once. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A limiter that several callers share: together they stay below its bound.
 *
 * Work that runs under a limiter must not wait for other work under the same one; it could wait for ever.
 *
 * @param bound - A whole number from 1.
 */
export function limiter(bound: number): Limiter {
  const limit = pLimit(bound);
  return (work) => limit(work);
}

/**
 * Maps items to results, so many at once as the limiter lets through; results are in the order of the items.
 *
 * After an abort no further work starts.
 *
 * @throws ScannerError `aborted` when the signal aborts; otherwise what `work` throws first.
 */
export function boundedMap<Item, Result>(
  items: readonly Item[],
  limit: Limiter,
  work: (item: Item, index: number) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result[]> {
  return Promise.all(
    items.map((item, index) =>
      limit(async () => {
        throwIfAborted(signal);
        return work(item, index);
      }),
    ),
  );
}
