/**
 * What a target or a stop brings in a candle that reaches it: the level itself or, where the candle opens beyond, the open, for
 * there was no other price to get.
 *
 * @param isAbove - Whether the price has to rise to the level.
 */
export function priceAtLevel(level: number, open: number, isAbove: boolean): number {
  return isAbove ? Math.max(level, open) : Math.min(level, open);
}
