/** A mean and its standard error over days. */
export interface DayMean {
  readonly mean: number;
  readonly error: number;
  readonly days: number;
}

const DAY_MS = 86_400_000;

/**
 * Mean of values whose days share their news: the error takes days, not values, for independent.
 *
 * @returns `undefined` with fewer than two days, where no error can be told.
 */
export function dayMean(
  values: readonly { readonly time: number; readonly value: number }[],
): DayMean | undefined {
  const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
  const days = new Map<number, number>();
  for (const { time, value } of values) {
    const day = Math.floor(time / DAY_MS);
    days.set(day, (days.get(day) ?? 0) + value - mean);
  }
  const count = days.size;
  if (count < 2) return undefined;
  let squares = 0;
  for (const deviation of days.values()) squares += deviation * deviation;
  const error = Math.sqrt((squares * count) / (count - 1)) / values.length;
  return { mean, error, days: count };
}
