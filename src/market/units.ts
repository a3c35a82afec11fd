/** One basis point as a fraction. */
const BPS = 1e-4;

// A quotient this near a whole number is that number, as a share of it: 0.3 / 0.1 is 2.9999999999999996.
const WHOLE_TOLERANCE = 4 * Number.EPSILON;

// The powers of ten that a double holds exactly.
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** A fraction in basis points: 0.0025 is 25. */
export function toBps(fraction: number): number {
  return fraction / BPS;
}

/** Basis points as a fraction: 25 is 0.0025. */
export function fromBps(bps: number): number {
  return bps * BPS;
}

/** The largest multiple of `step` that is not above `value`, in decimals rather than binary noise: (0.3, 0.1) is 0.3. */
export function floorToStep(value: number, step: number): number {
  const steps = value / step;
  const nearest = Math.round(steps);
  const whole = Math.abs(steps - nearest) <= WHOLE_TOLERANCE * Math.abs(nearest);
  return decimal(whole ? nearest : Math.floor(steps), step);
}

/** The smallest multiple of `step` that is not below `value`. */
export function ceilToStep(value: number, step: number): number {
  return 0 - floorToStep(-value, step);
}

/** The multiple of `step` nearest to `value`; a tie goes up. */
export function roundToStep(value: number, step: number): number {
  return decimal(Math.round(value / step), step);
}

// `7 * 0.1` is 0.7000000000000001, while `(7 * 1) / 10` is 0.7: a quotient of whole numbers is the double nearest to the decimal.
function decimal(steps: number, step: number): number {
  for (const power of POWERS_OF_TEN) {
    const mantissa = Math.round(step * power);
    if (mantissa / power === step) return (steps * mantissa) / power;
  }
  return steps * step;
}
