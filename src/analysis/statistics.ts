import { linearRegression, sampleStandardDeviation } from 'simple-statistics';

/** Points of a plane, one column per coordinate, both of one length. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Sample standard deviation (divisor n - 1); `NaN` from fewer than two values. */
export function standardDeviation(values: Float64Array): number {
  return values.length < 2 ? Number.NaN : sampleStandardDeviation(plain(values));
}

/** Slope of the least-squares line through points; `NaN` when all lie at one `x`. */
export function regressionSlope({ x, y }: Points): number {
  if (!(standardDeviation(x) > 0)) return Number.NaN;
  return linearRegression(Array.from(x, (value, i) => [value, y[i]])).m;
}

// Its functions only index and measure their input, so a column serves as it is; their types know plain arrays alone.
function plain(values: Float64Array): number[] {
  return values as unknown as number[];
}
