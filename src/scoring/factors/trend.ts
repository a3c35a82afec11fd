import type { Timeframe } from '../../market/timeframe.js';
import { defineFactor, type Factor, type FactorInput } from '../factor.js';
import { CHANCE } from './chance.js';
import { beyondChance, Evidence, timeframeWeight } from './evidence.js';

/** The trend of a market over all its timeframes. */
export interface TrendReading {
  /** -1 down to +1 up. */
  readonly bias: number;
  /** How far the timeframes point one way, 0 to 1. */
  readonly agreement: number;
  /** Share of the asked-for timeframes, by weight, that have a trend to read. */
  readonly coverage: number;
  /** How many timeframes trend up and down. */
  readonly up: number;
  readonly down: number;
  /** Where the trend is largest, and how large in random-walk units, signed. */
  readonly strongest: { readonly timeframe: Timeframe; readonly units: number };
}

// A straight line is any number of random-walk units; nobody reads the digits.
const MOST_UNITS = 99;

/**
 * Direction consensus across timeframes.
 *
 * Each timeframe says how far its `trendStrength` is `beyondChance`: the move of its 50-candle regression line in units of what a
 * random walk would cover, of which 2.3 say two thirds. The n-th shortest timeframe weighs n; the bias is the weighted mean, and the agreement
 * `|sum(w s)| / (sum(w |s|) + 0.05)` with weights that sum to 1.
 *
 * @returns `undefined` when no timeframe has 50 candles.
 */
export function readTrend({
  timeframes,
  readings,
}: Pick<FactorInput<'readings'>, 'timeframes' | 'readings'>): TrendReading | undefined {
  let up = 0;
  let down = 0;
  let strongest = 0;
  let largest = 0;
  const evidence = new Evidence();
  for (let i = 0; i < timeframes.length; i++) {
    const units = readings.get(timeframes[i])?.trendStrength ?? Number.NaN;
    if (units > 0) up++;
    if (units < 0) down++;
    if (Math.abs(units) > Math.abs(largest)) {
      strongest = i;
      largest = units;
    }
    const value = beyondChance(units / CHANCE.trendStrength);
    evidence.add(value, timeframeWeight(timeframes, i));
  }
  const all = evidence.consensus();
  if (all === undefined) return undefined;
  const { bias, agreement, coverage } = all;
  const where = { timeframe: timeframes[strongest], units: largest };
  return { bias, agreement, coverage, up, down, strongest: where };
}

/** Where the trends of all timeframes point, longer ones weighing more; confident when they agree. */
export const trendFactor: Factor<'readings'> = defineFactor({
  id: 'trend',
  needs: ['readings'],
  weight: 0.3,
  evaluate(input) {
    const trend = readTrend(input);
    if (trend === undefined) return undefined;
    const { bias, agreement, coverage } = trend;
    return {
      bias,
      confidence: agreement,
      coverage,
      reason: () => trendReason(trend, input.timeframes.length),
    };
  },
});

function trendReason({ bias, up, down, strongest }: TrendReading, asked: number): string {
  if (strongest.units === 0) return 'no trend on any timeframe';
  const [way, count] = bias < 0 ? ['down', down] : ['up', up];
  const units = Math.min(MOST_UNITS, Math.abs(strongest.units)).toFixed(1);
  const against = Math.sign(strongest.units) === Math.sign(bias) ? '' : ' the other way';
  return `${way} on ${count} of ${asked} timeframes; strongest ${strongest.timeframe} (${units} random-walk units${against})`;
}
