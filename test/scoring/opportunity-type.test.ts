import { describe, expect, it } from 'vitest';
import type { MarketPhase } from '../../src/analysis/regime/market-phase.js';
import { opportunityType } from '../../src/scoring/opportunity-type.js';
import type { Direction } from '../../src/scoring/signal.js';
import { mirroredReading, reading, warmingUp } from './factors/readings.js';

type Readings = ReturnType<typeof reading>;

function kind(readings: Readings, direction: Direction, phase: MarketPhase = 'undetermined') {
  return opportunityType({
    direction,
    phase,
    readings: new Map([['1h', readings]]),
    planTimeframe: '1h',
  });
}

const KINDS = [
  ['breakout', { bandPosition: 1.1, trendStrength: 0.4 }],
  ['pullback', { trendStrength: 1.8, emaDistance20: -0.01 }],
  ['trend-continuation', { trendStrength: 1.8, emaDistance20: 0.01, bandPosition: 1.2 }],
  ['reversal', { trendStrength: -1.5 }],
  ['volume-surge', { trendStrength: 0.2, relativeVolume: 4 }],
  ['range', { trendStrength: 0.2, efficiency: -0.1 }],
  ['none', { trendStrength: 0.2, efficiency: 0.5 }],
] as const;

describe('opportunityType', () => {
  it.each(KINDS)('recognises %s, and its mirror image for a short', (expected, changes) => {
    const readings = reading(changes);
    expect(kind(readings, 'long')).toBe(expected);
    expect(kind(mirroredReading(readings), 'short')).toBe(expected);
  });

  it('calls a long out of accumulation and a short out of distribution a reversal', () => {
    expect(kind(reading(), 'long', 'accumulation')).toBe('reversal');
    expect(kind(reading(), 'short', 'distribution')).toBe('reversal');
    expect(kind(reading(), 'long', 'distribution')).toBe('range');
  });

  it('is none without direction, without readings and while they are warming up', () => {
    expect(kind(reading({ trendStrength: 3 }), 'neutral')).toBe('none');
    expect(kind(warmingUp(), 'long')).toBe('none');
    const nothing = { phase: 'markup', readings: new Map(), planTimeframe: '1h' } as const;
    expect(opportunityType({ ...nothing, direction: 'long' })).toBe('none');
  });
});
