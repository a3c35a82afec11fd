/** Minutes of a day. */
export const DAY_MINUTES = 1440;
export const MINUTE_MS = 60_000;
export const DAY_MS: number = DAY_MINUTES * MINUTE_MS;

/**
 * How busy each minute of a UTC day is, with mean 1: quiet before the European morning, busiest where European and American
 * hours overlap, with a burst on each full hour, when funding and scheduled orders fall due.
 */
export const ACTIVITY: Float64Array = activity();

/** How far prices move in each minute, as a multiple of the day's average: the square root of activity. */
export const MOVEMENT: Float64Array = ACTIVITY.map(Math.sqrt);

function activity(): Float64Array {
  const raw = Float64Array.from({ length: DAY_MINUTES }, (_, minute) => {
    const hour = minute / 60;
    return 0.55 + bump(hour, 8, 2.5) * 0.6 + bump(hour, 14.5, 2.5) * 1.5 + fullHour(minute);
  });
  const mean = raw.reduce((a, b) => a + b) / raw.length;
  return raw.map((value) => value / mean);
}

function bump(hour: number, at: number, width: number): number {
  return Math.exp(-(((hour - at) / width) ** 2) / 2);
}

function fullHour(minute: number): number {
  return minute % 60 === 0 ? 0.5 : 0;
}
