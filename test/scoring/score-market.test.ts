import { describe, expect, it } from 'vitest';
import { scoreMarket } from '../../src/scoring/score-market.js';
import { says, scoringInput } from './fixtures.js';

describe('scoreMarket', () => {
  it('gives a signal with a plan, a ledger and reasons for what is absent', () => {
    const scored = scoreMarket(scoringInput());
    if (scored.kind !== 'signal') throw new Error(scored.rejection.nearestMiss);
    expect(scored.signal).toMatchObject({
      symbol: 'AAA/USDT',
      direction: 'long',
      score: 0.6,
      confidence: 0.8,
      coverage: 1,
      trendDirection: 'up',
      entryPrice: 100.01,
      stopLoss: 98.02,
      takeProfit: 103.99,
      winProbability: undefined,
      tradeable: false,
      absent: { winProbability: 'no calibrated model is loaded' },
    });
  });

  it('rejects a score below the minimum and says which minimum would admit it', () => {
    const weak = [says('trend', 1, { bias: -0.1 })];
    const scored = scoreMarket(scoringInput({ factors: weak }));
    expect(scored).toMatchObject({
      kind: 'rejection',
      rejection: {
        rule: 'min-score',
        value: 0.1,
        threshold: 0.25,
        remedy: { setting: 'minScore', to: 0.1 },
        nearestMiss: 'minScore of 0.1 or less would admit it to the ranking',
      },
      observation: { symbol: 'AAA/USDT', bias: -0.1, trendDirection: 'down' },
    });
  });
});
