/**
 * Splits items into batches that cover each of them exactly once, in order, and whose sizes differ by at most one.
 *
 * @param count - How many batches, from 1; there are fewer when there are fewer items.
 */
export function partition<Item>(items: readonly Item[], count: number): Item[][] {
  const batches = Math.min(count, items.length);
  return Array.from({ length: batches }, (_, i) =>
    items.slice(
      Math.floor((i * items.length) / batches),
      Math.floor(((i + 1) * items.length) / batches),
    ),
  );
}
