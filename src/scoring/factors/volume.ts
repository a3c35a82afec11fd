import type { TimeframeReadings } from '../../analysis/timeframe-reader.js';
import type { VolumeProfile } from '../../analysis/volume-profile/volume-profile.js';
import { defineFactor, type Factor } from '../factor.js';
import { CHANCE } from './chance.js';
import { beyondChance, Evidence, signed, timeframeWeight } from './evidence.js';

// Twice the usual volume is as much as a candle needs to be believed.
const FULL_VOLUME = 2;
const PROFILE_SHARE = 0.25;

/**
 * Which way volume went, and where price stands beside where it was traded.
 *
 * Three quarters are the timeframes, longer ones weighing more: how far `volumeFlow` and `vwapDistance / atr` are
 * `beyondChance`, half the weight each. A quarter is `profilePosition` on the plan timeframe, measured likewise. Confidence
 * is their agreement times the weighted mean of `relativeVolume / 2`, at most 1 each. A market without volume abstains.
 */
export const volumeFactor: Factor<'readings' | 'volumeProfile'> = defineFactor({
  id: 'volume',
  needs: ['readings', 'volumeProfile'],
  weight: 0.15,
  evaluate({ timeframes, planTimeframe, readings, volumeProfile }) {
    const close = readings.get(planTimeframe)?.close ?? Number.NaN;
    const position = profilePosition(volumeProfile, close);
    const evidence = new Evidence();
    evidence.add(beyondChance(position / CHANCE.profilePosition), PROFILE_SHARE);
    let trust = 0;
    let read = 0;
    for (let i = 0; i < timeframes.length; i++) {
      const weight = timeframeWeight(timeframes, i);
      const reading = readings.get(timeframes[i]);
      const half = (weight * (1 - PROFILE_SHARE)) / 2;
      evidence.add(flowBias(reading), half);
      evidence.add(vwapBias(reading), half);
      if (reading === undefined || Number.isNaN(reading.relativeVolume)) continue;
      read += weight;
      trust += weight * Math.min(1, reading.relativeVolume / FULL_VOLUME);
    }
    const all = evidence.consensus();
    if (all === undefined) return undefined;
    const relativeVolume = readings.get(planTimeframe)?.relativeVolume ?? Number.NaN;
    return {
      bias: all.bias,
      confidence: read > 0 ? (all.agreement * trust) / read : 0,
      coverage: all.coverage,
      reason: () => volumeReason(all.bias, position, relativeVolume),
    };
  },
});

/**
 * Where a price stands in a logarithmic volume profile: 0 at the middle of the point of control, -1 at the value area's low, +1 at its
 * high, and further outside it. `NaN` for a profile without volume.
 */
export function profilePosition(profile: VolumeProfile, price: number): number {
  const { pointOfControl, valueAreaLow, valueAreaHigh, binSize } = profile;
  const distance = Math.log(price / pointOfControl) - binSize / 2;
  const edge = distance < 0 ? pointOfControl / valueAreaLow : valueAreaHigh / pointOfControl;
  const reach = Math.log(edge) + (distance < 0 ? binSize / 2 : -binSize / 2);
  return distance / reach;
}

function flowBias(reading: TimeframeReadings | undefined): number {
  return reading === undefined ? Number.NaN : beyondChance(reading.volumeFlow / CHANCE.volumeFlow);
}

function vwapBias(reading: TimeframeReadings | undefined): number {
  if (reading === undefined || reading.atr === 0) return Number.NaN;
  return beyondChance(reading.vwapDistance / reading.atr / CHANCE.vwapDistance);
}

function volumeReason(bias: number, position: number, relativeVolume: number): string {
  const side = bias > 0 ? 'buyers' : bias < 0 ? 'sellers' : 'nobody';
  const parts = [`volume favours ${side}`];
  if (relativeVolume >= 0) parts.push(`${relativeVolume.toFixed(1)} times the usual`);
  if (position > 1) parts.push('price above the value area');
  else if (position < -1) parts.push('price below the value area');
  else if (!Number.isNaN(position)) parts.push(`price ${signed(position)} inside the value area`);
  return parts.join('; ');
}
