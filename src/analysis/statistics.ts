/** Points of a plane, one column per coordinate, both of one length. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Sample standard deviation (divisor n - 1); `NaN` from fewer than two values. */
export function standardDeviation(values: Float64Array): number {
  if (values.length < 2) return Number.NaN;
  return Math.sqrt(comoment(values, values) / (values.length - 1));
}

/** Slope of the least-squares line through points; `NaN` when all lie at one `x`. */
export function regressionSlope({ x, y }: Points): number {
  return comoment(x, y) / comoment(x, x);
}

/** Sum of the products of two columns' distances from their means, taken in a second pass: far from zero it loses nothing. */
function comoment(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0);
}

// Counted from the first value, so that the mean of equal values is that value.
function mean(values: Float64Array): number {
  const first = values[0];
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}
