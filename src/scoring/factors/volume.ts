import type { TimeframeReadings } from '../../analysis/timeframe-reader.js';
import type { VolumeProfile } from '../../analysis/volume-profile/volume-profile.js';
import { defineFactor, type Factor } from '../factor.js';
import { clamp, consensus, type Evidence, signed, timeframeWeight } from './evidence.js';

const FLOW_SCALE = 0.5;
const VWAP_SCALE = 3;
// Twice the usual volume is as much as a candle needs to be believed.
const FULL_VOLUME = 2;
const PROFILE_SHARE = 0.25;

/**
 * Which way volume went, and where price stands beside where it was traded.
 *
 * Three quarters are the timeframes, longer ones weighing more, each half `tanh(2 * volumeFlow)` and half the distance from the
 * volume-weighted average price, `tanh(vwapDistance / (3 * atr))`. A quarter is `profilePosition` on the plan timeframe.
 * Confidence is their agreement times the weighted mean of `relativeVolume / 2`, at most 1 each. A market without volume abstains.
 */
export const volumeFactor: Factor<'readings' | 'volumeProfile'> = defineFactor({
  id: 'volume',
  needs: ['readings', 'volumeProfile'],
  weight: 0.15,
  evaluate({ timeframes, planTimeframe, readings, volumeProfile }) {
    const close = readings.get(planTimeframe)?.close ?? Number.NaN;
    const position = profilePosition(volumeProfile, close);
    const evidence: Evidence[] = [{ value: position, weight: PROFILE_SHARE }];
    let trust = 0;
    let read = 0;
    for (let i = 0; i < timeframes.length; i++) {
      const weight = timeframeWeight(timeframes, i);
      const reading = readings.get(timeframes[i]);
      const half = (weight * (1 - PROFILE_SHARE)) / 2;
      evidence.push({ value: flowBias(reading), weight: half });
      evidence.push({ value: vwapBias(reading), weight: half });
      if (reading === undefined || Number.isNaN(reading.relativeVolume)) continue;
      read += weight;
      trust += weight * Math.min(1, reading.relativeVolume / FULL_VOLUME);
    }
    const all = consensus(evidence);
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
 * Where a price stands in a logarithmic volume profile: -1 at or below the value area's low, 0 at the middle of the
 * point of control, +1 at or above the value area's high. `NaN` for a profile without volume.
 */
export function profilePosition(profile: VolumeProfile, price: number): number {
  const { pointOfControl, valueAreaLow, valueAreaHigh, binSize } = profile;
  const distance = Math.log(price / pointOfControl) - binSize / 2;
  const edge = distance < 0 ? pointOfControl / valueAreaLow : valueAreaHigh / pointOfControl;
  const reach = Math.log(edge) + (distance < 0 ? binSize / 2 : -binSize / 2);
  return clamp(distance / reach, -1, 1);
}

function flowBias(reading: TimeframeReadings | undefined): number {
  return reading === undefined ? Number.NaN : Math.tanh(reading.volumeFlow / FLOW_SCALE);
}

function vwapBias(reading: TimeframeReadings | undefined): number {
  if (reading === undefined || reading.atr === 0) return Number.NaN;
  return Math.tanh(reading.vwapDistance / reading.atr / VWAP_SCALE);
}

function volumeReason(bias: number, position: number, relativeVolume: number): string {
  const side = bias > 0 ? 'buyers' : bias < 0 ? 'sellers' : 'nobody';
  const parts = [`volume favours ${side}`];
  if (relativeVolume >= 0) parts.push(`${relativeVolume.toFixed(1)} times the usual`);
  if (position >= 1) parts.push('price above the value area');
  else if (position <= -1) parts.push('price below the value area');
  else if (!Number.isNaN(position)) parts.push(`price ${signed(position)} inside the value area`);
  return parts.join('; ');
}
