export const MINUTE_MS = 60_000;
export const HOUR_MINUTES = 60;
export const DAY_HOURS = 24;
export const DAY_MINUTES: number = DAY_HOURS * HOUR_MINUTES;
export const HOUR_MS: number = HOUR_MINUTES * MINUTE_MS;
export const DAY_MS: number = DAY_HOURS * HOUR_MS;

/**
 * How busy each minute of a UTC day is, with mean 1: quiet before the European morning, busiest where European and American
 * hours overlap, with a burst on each full hour, when funding and scheduled orders fall due.
 */
export const MINUTE_ACTIVITY: Float64Array = activity();

/** How busy each hour of a UTC day is, with mean 1. */
export const HOUR_ACTIVITY: Float64Array = Float64Array.from({ length: DAY_HOURS }, (_, hour) =>
  mean(MINUTE_ACTIVITY.subarray(hour * HOUR_MINUTES, (hour + 1) * HOUR_MINUTES)),
);

function activity(): Float64Array {
  const raw = Float64Array.from({ length: DAY_MINUTES }, (_, minute) => {
    const hour = minute / HOUR_MINUTES;
    const onTheHour = minute % HOUR_MINUTES === 0 ? 0.5 : 0;
    return 0.55 + 0.6 * bump(hour, 8) + 1.5 * bump(hour, 14.5) + onTheHour;
  });
  const average = mean(raw);
  return raw.map((value) => value / average);
}

function bump(hour: number, at: number): number {
  return Math.exp(-(((hour - at) / 2.5) ** 2) / 2);
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b) / values.length;
}
