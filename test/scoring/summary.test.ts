import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarketObservation } from '../../src/scoring/observation.js';
import { type MarketSummary, summarizeMarket } from '../../src/scoring/summary.js';

function observation(changed: Partial<MarketObservation>): MarketObservation {
  return {
    symbol: 'A',
    sound: true,
    bias: 0,
    trendDirection: 'neutral',
    annualVolatility: 0.8,
    volumeTrend: 'steady',
    quoteVolume24h: 1,
    regime: 'range',
    ...changed,
  };
}

function summarize(observations: readonly MarketObservation[]): MarketSummary {
  return summarizeMarket({ timestamp: 7, totalSymbols: 9, observations, signals: [] });
}

const four = [
  observation({ symbol: 'A', bias: 0.8, quoteVolume24h: 3, trendDirection: 'up', regime: 'bull' }),
  observation({ symbol: 'B', bias: -0.4, annualVolatility: 1.2, volumeTrend: 'rising' }),
  observation({ symbol: 'C', bias: 1, quoteVolume24h: undefined, annualVolatility: undefined }),
  observation({ symbol: 'D', bias: -1, sound: false, quoteVolume24h: 1e9 }),
];

describe('summarizeMarket', () => {
  it('weighs sentiment by liquidity and counts trends, volumes and regimes', () => {
    expect(summarize(four)).toEqual({
      timestamp: 7,
      totalSymbols: 9,
      scannedSymbols: 4,
      marketSentiment: 'bullish',
      // (3 * 0.8 - 0.4) / 4; C has no volume, D is not fit to be listened to
      sentimentScore: expect.closeTo(0.5, 12),
      breadth: 1 / 3,
      volatilityIndex: 1,
      volumeTrends: { rising: 1, falling: 0, steady: 2 },
      regime: 'range',
      topOpportunities: [],
    });
  });

  it('weighs all alike where no volume is known', () => {
    const silent = four.map((one) => ({ ...one, quoteVolume24h: undefined }));
    expect(summarize(silent).sentimentScore).toBeCloseTo((0.8 - 0.4 + 1) / 3, 12);
  });

  it('names no regime on a tie', () => {
    const two = [observation({ regime: 'bull' }), observation({ symbol: 'B', regime: 'bear' })];
    expect(summarize(two).regime).toBe('undetermined');
    expect(summarize([observation({ regime: 'undetermined' })]).regime).toBe('undetermined');
  });

  it('invents nothing when nothing could be read', () => {
    expect(summarize([])).toMatchObject({
      scannedSymbols: 0,
      marketSentiment: 'neutral',
      sentimentScore: 0,
      breadth: undefined,
      volatilityIndex: undefined,
      regime: 'undetermined',
    });
  });

  it('does not depend on the order of arrival', () => {
    const anyObservation = fc.record({
      bias: fc.double({ min: -1, max: 1, noNaN: true }),
      quoteVolume24h: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: undefined }),
      annualVolatility: fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 20 }), (list) => {
        const observations = list.map((one, i) => observation({ ...one, symbol: `S${i}` }));
        const summary = summarize(observations);
        expect(summarize(observations.toReversed())).toEqual(summary);
        expect(Math.abs(summary.sentimentScore)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
