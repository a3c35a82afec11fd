import { normalQuantile } from './normal.js';

/**
 * Wilson's score interval for a rate seen as `hits` of `trials`.
 *
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927). It stays inside
 * [0, 1] and is honest for small samples, where the textbook interval is not: 17 of 20 is [0.64, 0.95], not 85 %.
 *
 * @param hits - From 0 to `trials`; need not be whole (an effective sample size is not).
 * @param trials - Above 0; with none the interval is [0, 1].
 * @param level - Coverage, 0.95 unless told.
 */
export function wilsonInterval(
  hits: number,
  trials: number,
  level = 0.95,
): readonly [low: number, high: number] {
  if (!(trials > 0)) return [0, 1];
  const z = normalQuantile(0.5 + level / 2);
  const rate = hits / trials;
  const shrink = (z * z) / trials;
  const center = (rate + shrink / 2) / (1 + shrink);
  const half = (z / (1 + shrink)) * Math.sqrt((rate * (1 - rate)) / trials + shrink / (4 * trials));
  return [Math.max(0, center - half), Math.min(1, center + half)];
}
