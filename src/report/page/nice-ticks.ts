/** Steps that people count in. */
const STEPS = [1, 2, 2.5, 5, 10] as const;

const MOST_STEPS = 5;

/** Round numbers, evenly spaced, from at or below the lowest value to at or above the highest: two at least. */
export function niceTicks(lowest: number, highest: number): readonly number[] {
  const span = highest - lowest || Math.abs(highest) || 1;
  const power = 10 ** Math.floor(Math.log10(span / MOST_STEPS));
  const step = power * (STEPS.find((each) => span / (each * power) <= MOST_STEPS) ?? 10);
  const first = Math.floor(lowest / step);
  const last = Math.max(first + 1, Math.ceil(highest / step));
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
}
