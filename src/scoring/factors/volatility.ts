import type { TimeframeReadings } from '../../analysis/timeframe-reader.js';
import { defineFactor, type Factor } from '../factor.js';
import { CHANCE } from './chance.js';
import { beyondChance, clamp, Evidence, timeframeWeight } from './evidence.js';

// A straight line has hardly any volatility left around it, and bands that are wide beyond sense beside it.
const WIDEST = 3;

const BAND_LENGTH = 20;

/**
 * Width of the Bollinger bands (20, 2) of a random walk, in standard deviations of its one-candle returns: four times the root of
 * `(n^2 - 1) / (6 n)`, the mean population variance of n points of a walk.
 */
const RANDOM_WALK_WIDTH = 4 * Math.sqrt((BAND_LENGTH ** 2 - 1) / (6 * BAND_LENGTH));

// Position in the bands repeats part of what trend and momentum say, so it never speaks at full voice.
const MOST_CONFIDENT = 0.6;

/**
 * Breakout pressure: on each timeframe how far the place of the close in its Bollinger bands is `beyondChance`; longer
 * timeframes weigh more. Confidence is the agreement times the weighted mean of how far the bands have opened, `bandExpansion` less a
 * half, 0 to 1, and at most 0.6. Narrow bands and a market that does not move say nothing.
 */
export const volatilityFactor: Factor<'readings'> = defineFactor({
  id: 'volatility',
  needs: ['readings'],
  weight: 0.1,
  evaluate({ timeframes, readings }) {
    const evidence = new Evidence();
    let expansion = 0;
    let read = 0;
    for (let i = 0; i < timeframes.length; i++) {
      const weight = timeframeWeight(timeframes, i);
      const reading = readings.get(timeframes[i]);
      const open = reading === undefined ? Number.NaN : bandExpansion(reading);
      const value = Number.isNaN(open)
        ? Number.NaN
        : beyondChance((reading?.bandPosition ?? Number.NaN) / CHANCE.bandPosition);
      evidence.add(value, weight);
      if (Number.isNaN(value)) continue;
      read += weight;
      expansion += weight * open;
    }
    const all = evidence.consensus();
    if (all === undefined) return undefined;
    const open = expansion / read;
    return {
      bias: all.bias,
      confidence: Math.min(MOST_CONFIDENT, all.agreement * clamp(open - 0.5, 0, 1)),
      coverage: all.coverage,
      reason: () => volatilityReason(all.bias, open),
    };
  },
});

/**
 * Width of the Bollinger bands beside that of a random walk with the same one-candle volatility: 1 is usual, more means that moves
 * have been adding up, less that they have been cancelling; 3 at most. `NaN` while warming up and in a market that has not moved.
 */
export function bandExpansion({ bandWidth, volatility }: TimeframeReadings): number {
  if (!(volatility > 0)) return Number.NaN;
  return Math.min(WIDEST, bandWidth / (RANDOM_WALK_WIDTH * volatility));
}

function volatilityReason(bias: number, open: number): string {
  const half = bias > 0 ? 'upper half' : bias < 0 ? 'lower half' : 'middle';
  const bands = open >= 1.2 ? 'opening' : open <= 0.8 ? 'narrow' : 'usual';
  return `price in the ${half} of ${bands} bands (${open.toFixed(1)} times a random walk's width)`;
}
