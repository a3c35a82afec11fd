import { MIN_RETURNS } from './performance.js';
import { randomStream } from './random.js';

/** A number and where 95% of its resampled values lie. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/** All of fewer groups lie on one side of the truth more often than one time in twenty: no draw of them makes a 95% interval. */
const LEAST_GROUPS = 6;

/**
 * A statistic with its interval by resampling whole groups: all trades of a day, of every symbol together, because they share
 * the day's news and are worth far less than as many independent ones.
 *
 * @param groups - The members of each group.
 * @returns `undefined` with fewer than six groups, where no interval can be told, and where the statistic is no number.
 */
export function groupEstimate<Member>(
  groups: readonly (readonly Member[])[],
  statistic: (members: readonly Member[]) => number,
  seed: number,
): Estimate | undefined {
  if (groups.length < LEAST_GROUPS) return undefined;
  const random = randomStream(seed);
  const values = new Float64Array(RESAMPLES);
  for (let k = 0; k < RESAMPLES; k++) {
    const members: Member[] = [];
    for (let i = 0; i < groups.length; i++) {
      for (const member of groups[Math.floor(random() * groups.length)]) members.push(member);
    }
    values[k] = statistic(members);
  }
  return estimate(statistic(groups.flat()), values);
}

/** Mean length of a block in days: long enough to keep a trend of volatility together. */
const MEAN_BLOCK = 10;

/**
 * A statistic of a series with its interval by the stationary bootstrap: blocks of random length, so that what follows on what
 * stays together. D. Politis and J. Romano, "The Stationary Bootstrap", JASA 89 (1994).
 *
 * @returns `undefined` for fewer than 30 values, which are no three blocks, and when the statistic of the series is, or is no number.
 */
export function seriesEstimate(
  series: Float64Array,
  statistic: (series: Float64Array) => number | undefined,
  seed: number,
): Estimate | undefined {
  const value = series.length < MIN_RETURNS ? undefined : statistic(series);
  if (value === undefined) return undefined;
  const random = randomStream(seed);
  const values = new Float64Array(RESAMPLES);
  const sample = new Float64Array(series.length);
  for (let k = 0; k < RESAMPLES; k++) {
    let at = Math.floor(random() * series.length);
    for (let i = 0; i < sample.length; i++) {
      const isNewBlock = random() < 1 / MEAN_BLOCK;
      at = isNewBlock ? Math.floor(random() * series.length) : (at + 1) % series.length;
      sample[i] = series[at];
    }
    values[k] = statistic(sample) ?? 0;
  }
  return estimate(value, values);
}

/**
 * Chance that luck alone does as well: the share of random assignments of sides, day by day, whose mean return is at least the
 * one seen. A day's trades turn over together, as they would on a market that had gone the other way.
 *
 * @param groups - Gross returns of each day's trades.
 * @returns `undefined` without any, or where one is no number.
 */
export function permutationChance(
  groups: readonly (readonly number[])[],
  seed: number,
): number | undefined {
  const sums = groups.map((group) => group.reduce((sum, value) => sum + value, 0));
  const seen = sums.reduce((sum, value) => sum + value, 0);
  if (sums.length === 0 || Number.isNaN(seen)) return undefined;
  const random = randomStream(seed);
  let atLeast = 1;
  for (let k = 0; k < RESAMPLES; k++) {
    let sum = 0;
    for (const value of sums) sum += random() < 0.5 ? value : -value;
    if (sum >= seen) atLeast++;
  }
  return atLeast / (RESAMPLES + 1);
}

function estimate(value: number, values: Float64Array): Estimate | undefined {
  values.sort();
  // What is no number is sorted to the end.
  if (Number.isNaN(value + values[values.length - 1])) return undefined;
  const at = (share: number): number => values[Math.round(share * (values.length - 1))];
  return { value, low: at(0.025), high: at(0.975) };
}
