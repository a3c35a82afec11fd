import { describe, expect, it } from 'vitest';
import {
  annualizationFactor,
  deflatedSharpeRatio,
  expectedBestSharpe,
  probabilisticSharpeRatio,
  returnMoments,
  sharpeRatio,
  sortinoRatio,
} from '../../src/backtest/performance.js';

const returns = Float64Array.of(0.01, -0.005, 0.02, 0, -0.015, 0.008, 0.012, -0.004);

describe('ratios of returns', () => {
  it('have the printed values of the definitions', () => {
    const { mean, deviation } = returnMoments(returns);
    expect(mean).toBeCloseTo(0.00325, 12);
    expect(deviation).toBeCloseTo(0.0112726, 7);
    const sharpe = sharpeRatio(returns) ?? Number.NaN;
    expect(sharpe * annualizationFactor(365)).toBeCloseTo(5.50815, 5);
    expect(sharpe * annualizationFactor(252)).toBeCloseTo(4.57678, 5);
    expect((sortinoRatio(returns) ?? Number.NaN) * Math.sqrt(365)).toBeCloseTo(10.76797, 5);
  });

  it('are absent where nothing varies', () => {
    for (const size of [2, 40, 365]) {
      for (const each of [0, 0.01, -0.003, 1 / 3]) {
        expect(sharpeRatio(new Float64Array(size).fill(each))).toBeUndefined();
      }
    }
    expect(sortinoRatio(Float64Array.of(0.1, 0.2))).toBeUndefined();
  });

  it('are scaled down by positive autocorrelation', () => {
    expect(annualizationFactor(365, [0.2])).toBeLessThan(Math.sqrt(365));
  });
});

describe('the deflated Sharpe ratio', () => {
  const evidence = { sharpe: 2.5 / Math.sqrt(250), count: 1250, skewness: -3, kurtosis: 10 };
  const variance = 0.5 / 250;

  it('has the values of its paper', () => {
    expect(evidence.sharpe).toBeCloseTo(0.158114, 6);
    expect(expectedBestSharpe(100, variance)).toBeCloseTo(0.113172, 6);
    expect(deflatedSharpeRatio(evidence, 100, variance)).toBeCloseTo(0.900397, 6);
    expect(deflatedSharpeRatio(evidence, 46, variance)).toBeCloseTo(0.950502, 6);
    const normal = { ...evidence, skewness: 0, kurtosis: 3 };
    expect(deflatedSharpeRatio(normal, 88, variance)).toBeCloseTo(0.950491, 6);
  });

  it('is the probabilistic ratio after a single trial', () => {
    expect(deflatedSharpeRatio(evidence, 1, variance)).toBe(probabilisticSharpeRatio(evidence));
  });
});
