import { describe, expect, it } from 'vitest';
import { sentence } from '../../../src/scoring/factor.js';
import { beyondChance } from '../../../src/scoring/factors/evidence.js';
import { momentumFactor } from '../../../src/scoring/factors/momentum.js';
import { everywhere, input, reading } from './readings.js';

function read(changes: Parameters<typeof reading>[0]) {
  return momentumFactor.evaluate(input({ readings: everywhere(reading(changes)) }));
}

describe('momentumFactor', () => {
  it('is the mean of RSI and MACD histogram beyond chance', () => {
    const found = read({ rsi: 74, macdHistogram: 0.0024, atr: 0.01 });
    expect(found?.bias).toBeCloseTo((beyondChance(2) + beyondChance(1)) / 2, 12);
    expect(sentence(found?.reason ?? '')).toBe('momentum is up; on 4h RSI 74, ADX 20');
  });

  it('is believed as far as ADX says that there is a trend', () => {
    const [weak, strong, fullest] = [10, 40, 90].map((adx) => read({ rsi: 74, adx })?.confidence);
    expect(weak).toBeCloseTo((strong ?? 0) / 4, 12);
    expect(fullest).toBe(strong);
  });

  it('counts a missing MACD against coverage and a missing ADX against confidence', () => {
    expect(read({ rsi: 74, macdHistogram: Number.NaN })?.coverage).toBeCloseTo(0.5, 12);
    expect(read({ rsi: 74, adx: Number.NaN })?.confidence).toBe(0);
  });

  it('does not divide by the range of a market that has none', () => {
    const found = read({ atr: 0, macdHistogram: 0 });
    expect(found).toMatchObject({ bias: 0, confidence: 0 });
    expect(sentence(found?.reason ?? '')).toBe('no momentum; on 4h RSI 50, ADX 20');
  });
});
