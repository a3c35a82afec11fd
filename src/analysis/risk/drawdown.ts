/**
 * How far each value lies below the highest so far, as a fraction of it: 0 at every new peak. As long as its input.
 *
 * @param values - Prices or equity, all above 0; an equity column begins with the starting capital, which is the first peak.
 */
export function drawdown(values: Float64Array): Float64Array {
  let peak = Number.NEGATIVE_INFINITY;
  return values.map((value) => {
    if (value > peak) peak = value;
    return (peak - value) / peak;
  });
}

/**
 * The deepest {@link drawdown}, as a fraction of the peak before it; 0 where values never fell, `NaN` without values.
 *
 * @example
 * ```ts
 * import { maxDrawdown } from 'enhanced-market-scanner/analysis';
 *
 * console.log(maxDrawdown(Float64Array.of(100, 120, 90, 130))); // 0.25
 * ```
 */
export function maxDrawdown(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : drawdown(values).reduce((a, b) => Math.max(a, b));
}
