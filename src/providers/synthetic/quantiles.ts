// A distribution is a table of its quantiles: a draw costs one look-up, and the same bits give the same number everywhere.
const BITS = 12;
const BINS: number = 2 ** BITS;

/** The high 12 bits of a random word, an index into a table of quantiles. */
export const highBits = (word: number): number => word >>> (32 - BITS);

/** The low 12 bits, independent of the high ones. */
export const lowBits = (word: number): number => word & (BINS - 1);

/** A 12-bit draw as a number above 0 and below 1. */
export const unit = (draw: number): number => (draw + 0.5) / BINS;

/** Student's t with 4 degrees of freedom, scaled to unit variance: price moves with fat tails. */
export const FAT_TAILED: Float64Array = table((p) => {
  // W. T. Shaw, "Sampling Student's T distribution", J. Comp. Finance 9 (2006): the closed form for 4 degrees of freedom.
  const root = Math.sqrt(4 * p * (1 - p));
  const t = 2 * Math.sqrt(Math.max(0, Math.cos(Math.acos(root) / 3) / root - 1));
  return (Math.sign(p - 0.5) * t) / Math.SQRT2;
});

/** Exponential with mean 1: waiting, wicks, gaps between levels. */
export const EXPONENTIAL: Float64Array = table((p) => -Math.log(1 - p));

const BURST_SHAPE = 0.4;

/** Log-logistic with mean 1: amounts, of which few are very large. */
export const BURST: Float64Array = table(
  (p) => (p / (1 - p)) ** BURST_SHAPE * (Math.sin(Math.PI * BURST_SHAPE) / (Math.PI * BURST_SHAPE)),
);

function table(quantile: (p: number) => number): Float64Array {
  return Float64Array.from({ length: BINS }, (_, i) => quantile(unit(i)));
}
