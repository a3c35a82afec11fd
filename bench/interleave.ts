/** The middle of `values`. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times tasks in turns, so that whatever the machine does meanwhile happens to all of them alike.
 *
 * The clock is processor time, garbage collection included: a busy machine makes it coarser, not longer.
 *
 * @returns the median milliseconds of each task; the first `warmup` rounds do not count.
 */
export function interleave(
  tasks: Readonly<Record<string, () => void>>,
  { rounds = 5, warmup = 3 }: { rounds?: number; warmup?: number } = {},
): Record<string, number> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < warmup + rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = process.cpuUsage();
      task();
      const { user, system } = process.cpuUsage(start);
      if (round >= warmup) {
        times[name] ??= [];
        times[name].push((user + system) / 1000);
      }
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, median(ms)]));
}
