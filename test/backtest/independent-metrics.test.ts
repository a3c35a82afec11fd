import fc from 'fast-check';
import { mean, sampleKurtosis, sampleSkewness, sampleStandardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { EquityCurve } from '../../src/backtest/equity-curve.js';
import { returnMoments, sharpeRatio, sortinoRatio } from '../../src/backtest/performance.js';
import { permutationChance } from '../../src/backtest/resampling.js';
import { brierScore } from '../../src/forecast/probability-score.js';

// What we compute, computed again by a library that shares nothing with us, or by the definition read out slowly.

/** Returns in whole tenths of a percent: numbers whose squares do not vanish. */
const columns = fc
  .array(
    fc.integer({ min: -200, max: 200 }).map((permille) => permille / 1000),
    { minLength: 5, maxLength: 80 },
  )
  .filter((values) => new Set(values).size > 3);

const DAY = 86_400_000;

/** Largest fall of a curve, each value against every one before it. */
function deepestFall(equity: readonly number[]): number {
  return Math.max(...equity.flatMap((high, i) => equity.slice(i).map((low) => 1 - low / high)));
}

function drawdownOf(returns: readonly number[]): { drawdown: number; equity: number[] } {
  const equity = [1];
  for (const r of returns) equity.push(equity[equity.length - 1] * (1 + r));
  const curve = new EquityCurve(1);
  equity.slice(1).forEach((value, i) => {
    curve.mark((i + 1) * DAY, value, 0, 0);
  });
  return { drawdown: curve.maxDrawdown, equity };
}

describe('metrics equal an independent implementation', () => {
  it('of moments and the Sharpe ratio', () => {
    fc.assert(
      fc.property(columns, (values) => {
        const moments = returnMoments(Float64Array.from(values));
        const n = values.length;
        expect(moments.mean).toBeCloseTo(mean(values), 12);
        expect(moments.deviation).toBeCloseTo(sampleStandardDeviation(values), 12);
        const ratio = mean(values) / sampleStandardDeviation(values);
        expect(sharpeRatio(Float64Array.from(values))).toBeCloseTo(ratio, 10);
        // The library corrects both for the sample's size; ours are the plain moments that the paper asks for.
        const skewness = (sampleSkewness(values) * (n - 2)) / Math.sqrt(n * (n - 1));
        expect(moments.skewness).toBeCloseTo(skewness, 8);
        const excess = (sampleKurtosis(values) * (n - 2) * (n - 3)) / (n - 1);
        expect(moments.kurtosis).toBeCloseTo((excess - 6) / (n + 1) + 3, 6);
      }),
    );
  });

  it('of the Sortino ratio and the Brier score', () => {
    fc.assert(
      fc.property(columns, (values) => {
        const shortfalls = values.map((value) => Math.min(0, value) ** 2);
        fc.pre(mean(shortfalls) > 0);
        const ratio = mean(values) / Math.sqrt(mean(shortfalls));
        expect(sortinoRatio(Float64Array.from(values))).toBeCloseTo(ratio, 10);
        const chances = values.map((value) => 0.5 + 2 * value);
        const outcomes = values.map((value) => (value > 0 ? 1 : 0));
        const misses = chances.map((p, i) => (p - outcomes[i]) ** 2);
        const score = brierScore(Float64Array.from(chances), Uint8Array.from(outcomes));
        expect(score).toBeCloseTo(mean(misses), 12);
      }),
    );
  });

  it('of the largest drawdown', () => {
    fc.assert(
      fc.property(columns, (values) => {
        const { drawdown, equity } = drawdownOf(values);
        expect(drawdown).toBeCloseTo(deepestFall(equity), 12);
      }),
    );
    const { drawdown, equity } = drawdownOf([0.01, -0.005, 0.02, 0, -0.015, 0.008, 0.012, -0.004]);
    expect(drawdown).toBeCloseTo(0.015, 12);
    expect(equity[equity.length - 1]).toBeCloseTo(1.025843804, 9);
  });

  it('of the chance that luck does as well, by counting every assignment of sides', () => {
    const days = Array.from({ length: 10 }, (_, i) => 0.02 * Math.sin(i * 2.4) + 0.004);
    const seen = mean(days);
    const assignments = Array.from({ length: 2 ** days.length }, (_, sides) =>
      mean(days.map((value, i) => ((sides >> i) & 1 ? -value : value))),
    );
    const share = mean(assignments.map((value) => (value >= seen - 1e-12 ? 1 : 0)));
    const chance = permutationChance(
      days.map((value) => [value]),
      1,
    );
    expect(share).toBeGreaterThan(0.1);
    expect(Math.abs((chance ?? 1) - share)).toBeLessThan(0.03);
  });
});
