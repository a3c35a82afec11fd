const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** Where the rational approximation hands over to the continued fraction: further out it loses digits of the tail. */
const TAIL_FROM = 4;

/** Terms of the continued fraction that settle every digit there. */
const TAIL_TERMS = 30;

// J. F. Hart and others, "Computer Approximations" (1968), number 5666, highest power first.
const NUMERATOR = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const DENOMINATOR = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];

/** Density of the standard normal distribution at `x`. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI;
}

/**
 * Chance that a standard normal variable is at most `x`, to about 1e-15.
 *
 * Hart's approximation as given by G. West, "Better Approximations to Cumulative Normal Functions", Wilmott (2005).
 *
 * @example
 * ```ts
 * import { normalCdf } from 'enhanced-market-scanner/forecast';
 *
 * console.log(normalCdf(1.96).toFixed(4)); // 0.9750
 * ```
 */
export function normalCdf(x: number): number {
  const tail = upperTail(Math.abs(x));
  return x > 0 ? 1 - tail : tail;
}

function upperTail(x: number): number {
  return Math.exp(-0.5 * x * x) * scaledTail(x);
}

/** The upper tail beyond `x`, from 0 up, over `exp(-x * x / 2)`: it does not vanish where the tail itself does. */
export function scaledTail(x: number): number {
  if (x < TAIL_FROM) return polynomial(NUMERATOR, x) / polynomial(DENOMINATOR, x);
  let fraction = x;
  for (let k = TAIL_TERMS; k >= 1; k--) fraction = x + k / fraction;
  return 1 / (SQRT_2PI * fraction);
}

// P. J. Acklam's rational approximation (2003), good to 1.2e-9 before the refinement below.
const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
  -3.066479806614716e1, 2.506628277459239,
];
const B = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
  -1.328068155288572e1, 1,
];
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
const TAIL = 0.02425;

/**
 * The value below which a standard normal variable falls with chance `p`; infinite at 0 and 1, `NaN` outside.
 *
 * Acklam's approximation and one step of Halley's method against {@link normalCdf}.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  const x = approximate(p);
  const error = (normalCdf(x) - p) / normalDensity(x);
  return x - error / (1 + (x * error) / 2);
}

function approximate(p: number): number {
  if (p < TAIL) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(C, q) / polynomial(D, q);
  }
  const q = p - 0.5;
  return (polynomial(A, q * q) * q) / polynomial(B, q * q);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
