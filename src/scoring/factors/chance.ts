type ChanceReading =
  | 'trendStrength'
  | 'rsi'
  | 'histogram'
  | 'volumeFlow'
  | 'vwapDistance'
  | 'bandPosition'
  | 'profilePosition';

/**
 * Standard deviations that readings of a random walk have: what each is measured against before it counts as evidence.
 *
 * Measured over walks with sixteen steps in a candle, lognormal volumes and no direction; `test/scoring/factors/chance.test.ts` measures
 * them again.
 */
export const CHANCE: Readonly<Record<ChanceReading, number>> = {
  /** Of `trendStrength`. For a long regression it tends to the root of 6/5. */
  trendStrength: 1.15,
  /** Of `rsi`, around 50. */
  rsi: 12,
  /** Of `macdHistogram / atr`. */
  histogram: 0.24,
  /** Of `volumeFlow`. */
  volumeFlow: 0.3,
  /** Of `vwapDistance / atr`. */
  vwapDistance: 2.9,
  /** Of `bandPosition`. */
  bandPosition: 0.7,
  /** Of `profilePosition`. */
  profilePosition: 1.6,
};
