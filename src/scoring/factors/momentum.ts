import type { TimeframeReadings } from '../../analysis/timeframe-reader.js';
import { defineFactor, type Factor } from '../factor.js';
import { CHANCE } from './chance.js';
import { beyondChance, Evidence, timeframeWeight } from './evidence.js';

// Wilder calls a market trending above 25; momentum is trusted fully at 40.
const TRUSTED_ADX = 40;

/**
 * Recent speed: on each timeframe how far `rsi` and `macdHistogram / atr` are `beyondChance`, half its weight each; longer timeframes
 * weigh more. Confidence is the agreement of all of it times the weighted mean of `adx / 40`, at most 1 each:
 * momentum without direction is noise.
 */
export const momentumFactor: Factor<'readings'> = defineFactor({
  id: 'momentum',
  needs: ['readings'],
  weight: 0.2,
  evaluate({ timeframes, readings }) {
    const evidence = new Evidence();
    let trust = 0;
    let read = 0;
    for (let i = 0; i < timeframes.length; i++) {
      const weight = timeframeWeight(timeframes, i);
      const reading = readings.get(timeframes[i]);
      evidence.add(rsiBias(reading), weight / 2);
      evidence.add(histogramBias(reading), weight / 2);
      if (reading === undefined || Number.isNaN(reading.rsi)) continue;
      read += weight;
      if (reading.adx > 0) trust += weight * Math.min(1, reading.adx / TRUSTED_ADX);
    }
    const all = evidence.consensus();
    if (all === undefined) return undefined;
    const longest = readings.get(timeframes[timeframes.length - 1]);
    return {
      bias: all.bias,
      confidence: read > 0 ? (all.agreement * trust) / read : 0,
      coverage: all.coverage,
      reason: () => momentumReason(all.bias, longest, timeframes[timeframes.length - 1]),
    };
  },
});

function rsiBias(reading: TimeframeReadings | undefined): number {
  return reading === undefined ? Number.NaN : beyondChance((reading.rsi - 50) / CHANCE.rsi);
}

function histogramBias(reading: TimeframeReadings | undefined): number {
  if (reading === undefined || reading.atr === 0) return Number.NaN;
  return beyondChance(reading.macdHistogram / reading.atr / CHANCE.histogram);
}

function momentumReason(
  bias: number,
  longest: TimeframeReadings | undefined,
  timeframe: string,
): string {
  const way = bias > 0 ? 'momentum is up' : bias < 0 ? 'momentum is down' : 'no momentum';
  if (longest === undefined || Number.isNaN(longest.rsi)) return way;
  const { rsi, adx } = longest;
  const trend = Number.isNaN(adx) ? '' : `, ADX ${adx.toFixed(0)}`;
  return `${way}; on ${timeframe} RSI ${rsi.toFixed(0)}${trend}`;
}
