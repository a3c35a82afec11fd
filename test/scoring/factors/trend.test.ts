import { describe, expect, it } from 'vitest';
import type { Timeframe } from '../../../src/market/timeframe.js';
import { sentence } from '../../../src/scoring/factor.js';
import { beyondChance } from '../../../src/scoring/factors/evidence.js';
import { readTrend, trendFactor } from '../../../src/scoring/factors/trend.js';
import { everywhere, FIVE, input, reading, warmingUp } from './readings.js';

function trends(...units: readonly (number | undefined)[]) {
  const entries = units.flatMap((trendStrength, i) =>
    trendStrength === undefined ? [] : [[FIVE[i], reading({ trendStrength })] as const],
  );
  return input({ readings: new Map<Timeframe, ReturnType<typeof reading>>(entries) });
}

describe('trendFactor', () => {
  it('weighs the trend of each timeframe, longer ones more, and trusts it when they agree', () => {
    const found = trendFactor.evaluate(trends(-1, 1, 1, 2, 1));
    const [one, two] = [beyondChance(1 / 1.15), beyondChance(2 / 1.15)];
    expect(found?.bias).toBeCloseTo((9 * one + 4 * two) / 15, 12);
    expect(found?.confidence).toBeCloseTo((9 * one + 4 * two) / (11 * one + 4 * two + 0.75), 12);
    expect(found?.coverage).toBe(1);
    expect(sentence(found?.reason ?? '')).toBe(
      'up on 4 of 5 timeframes; strongest 1h (2.0 random-walk units)',
    );
  });

  it('says so when the strongest timeframe points the other way', () => {
    const found = trendFactor.evaluate(trends(2.5, -1, -1, -1, -1));
    expect(sentence(found?.reason ?? '')).toBe(
      'down on 4 of 5 timeframes; strongest 1m (2.5 random-walk units the other way)',
    );
  });

  it('is surer of the same trend on all timeframes than on one of them', () => {
    const all = trendFactor.evaluate(trends(2, 2, 2, 2, 2));
    const one = trendFactor.evaluate(trends(-2, -2, -2, -2, 2));
    expect(all?.confidence).toBeCloseTo(1 / (1 + 0.05 / beyondChance(2 / 1.15)), 12);
    expect(one?.confidence).toBeCloseTo((all?.confidence ?? 0) / 3, 12);
  });

  it('lowers coverage by the weight of timeframes that are absent or warming up', () => {
    expect(trendFactor.evaluate(trends(1, 1, 1, 1, undefined))?.coverage).toBeCloseTo(10 / 15, 12);
    expect(trendFactor.evaluate(trends(1, 1, 1, Number.NaN, 1))?.coverage).toBeCloseTo(11 / 15, 12);
  });

  it('has no bias and no confidence in a market that does not move, and abstains without readings', () => {
    const flat = trendFactor.evaluate(input());
    expect(flat).toMatchObject({ bias: 0, confidence: 0 });
    expect(sentence(flat?.reason ?? '')).toBe('no trend on any timeframe');
    expect(trendFactor.evaluate(input({ readings: new Map() }))).toBeUndefined();
    expect(trendFactor.evaluate(input({ readings: everywhere(warmingUp()) }))).toBeUndefined();
  });
});

describe('readTrend', () => {
  it('counts the timeframes that trend and names the strongest', () => {
    expect(readTrend(trends(2, -3, 1, 0, 1))).toMatchObject({
      up: 3,
      down: 1,
      strongest: { timeframe: '5m', units: -3 },
    });
  });
});
