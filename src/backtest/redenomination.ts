/** A price this many times the last one, or as many times less, was redenominated; no market moves so within a candle. */
const LARGEST_STEP = 5;

/** Whether a price changed its unit between two candles: a jump of bookkeeping, in which nobody gains or loses. */
export function isRedenominated(from: number, to: number): boolean {
  const ratio = to / from;
  return Math.max(ratio, 1 / ratio) > LARGEST_STEP;
}
