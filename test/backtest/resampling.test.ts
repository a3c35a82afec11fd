import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/backtest/backtest.js';
import { groupEstimate, permutationChance, seriesEstimate } from '../../src/backtest/resampling.js';
import { tradeRates } from '../../src/backtest/trade-rates.js';
import { wilsonInterval } from '../../src/forecast/wilson-interval.js';
import { replayMarket } from './wandering-market.js';

const mean = (members: readonly number[]) =>
  members.reduce((sum, value) => sum + value, 0) / members.length;
const meanOf = (series: Float64Array) => mean([...series]);
const days = (count: number) => Array.from({ length: count }, (_, i) => [i, i + 1]);

describe('resampling', () => {
  it('gives no interval where all groups may well lie on one side of the truth', () => {
    for (const count of [0, 1, 2, 5]) {
      expect(groupEstimate(days(count), mean, 1)).toBeUndefined();
    }
    const series = (count: number) => Float64Array.from({ length: count }, (_, i) => i % 5);
    expect(seriesEstimate(series(29), meanOf, 1)).toBeUndefined();
    expect(seriesEstimate(series(30), meanOf, 1)?.value).toBeCloseTo(2, 12);
    const { value, low, high } = groupEstimate(days(6), mean, 1) ?? { value: 0, low: 0, high: 0 };
    expect(value).toBe(3);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it('makes nothing of what is no number', () => {
    expect(groupEstimate([...days(6), [Number.NaN]], mean, 1)).toBeUndefined();
    expect(groupEstimate([[1], [], [], [], [], []], mean, 1)).toBeUndefined();
    expect(seriesEstimate(new Float64Array(40).fill(Number.NaN), meanOf, 1)).toBeUndefined();
    expect(permutationChance([[0.1], [Number.NaN]], 1)).toBeUndefined();
  });

  it('knows that a day or two turn out well by chance', () => {
    expect(permutationChance([], 1)).toBeUndefined();
    expect(permutationChance([[0.1]], 1)).toBeCloseTo(0.5, 1);
    expect(permutationChance([[0.1], [0.1]], 1)).toBeCloseTo(0.25, 1);
    expect(permutationChance([[0], [0]], 1)).toBe(1);
  });
});

describe('rates of trades', () => {
  it('are not certain where every trade won', async () => {
    const run = await runBacktest([replayMarket(3, 40)], {
      config: { minQuoteVolume24h: 0, minChange24h: 0 },
      everyMs: 3_600_000,
    });
    const trades = run.trades.map((trade) => ({ ...trade, netReturn: 0.01 }));
    expect(trades.length).toBeGreaterThan(10);
    const { winRateInterval } = tradeRates({ ...run, trades }, 1);
    expect(winRateInterval).toEqual(wilsonInterval(trades.length, trades.length));
  });
});
