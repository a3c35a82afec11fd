import { describe, expect, it } from 'vitest';
import type { MarketPhase } from '../../../src/analysis/regime/market-phase.js';
import type { MarketRegime } from '../../../src/analysis/regime/market-regime.js';
import { sentence } from '../../../src/scoring/factor.js';
import { regimeFactor } from '../../../src/scoring/factors/regime.js';
import { input } from './readings.js';

function read(phase: MarketPhase, regime: MarketRegime, score = 0.8) {
  return regimeFactor.evaluate(
    input({ regime: { phase: { phase, score, evidence: [] }, regime } }),
  );
}

describe('regimeFactor', () => {
  it('is bullish in markup and a bull market, and weighs the phase more', () => {
    const found = read('markup', 'bull');
    expect(found?.bias).toBe(1);
    expect(found?.confidence).toBeCloseTo(0.6 * 0.8 + 0.4 * 0.5, 12);
    expect(sentence(found?.reason ?? '')).toBe('phase markup, regime bull on 1h');
    expect(read('markdown', 'range')?.bias).toBeCloseTo(-0.6, 12);
  });

  it('leans less on accumulation than on a trend under way', () => {
    expect(read('accumulation', 'undetermined')?.bias).toBe(0.5);
    expect(read('accumulation', 'undetermined')?.coverage).toBeCloseTo(0.6, 12);
  });

  it('speaks for no direction in a range, and doubts a phase that contradicts the regime', () => {
    expect(read('undetermined', 'range')).toMatchObject({ bias: 0, confidence: 0.5 });
    const agreed = read('markup', 'bull')?.confidence ?? 0;
    expect(read('markup', 'bear')?.confidence).toBeLessThan(agreed / 2);
  });

  it('abstains when neither is determined', () => {
    expect(read('undetermined', 'undetermined', 0)).toBeUndefined();
  });
});
