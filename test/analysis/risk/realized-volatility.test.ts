import { describe, expect, it } from 'vitest';
import {
  parkinsonVolatility,
  realizedVolatility,
} from '../../../src/analysis/risk/realized-volatility.js';
import { CandleSeries } from '../../../src/market/candle-series.js';

const HOUR = 3_600_000;

function hourly(closes: readonly number[], hours: readonly number[] = closes.map((_, i) => i)) {
  return CandleSeries.from(
    closes.map((close, i) => [hours[i] * HOUR, close, close, close, close, 1]),
  );
}

describe('realizedVolatility', () => {
  it('annualises the sample deviation of log returns over 365 days', () => {
    const returns = [0.01, -0.02, 0.03, 0];
    const closes = [100];
    for (const r of returns) closes.push(closes[closes.length - 1] * Math.exp(r));
    const mean = 0.005;
    const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 3;
    expect(realizedVolatility(hourly(closes), '1h')).toBeCloseTo(Math.sqrt(variance * 8760), 10);
  });

  it('leaves out the return across a gap', () => {
    const gapped = hourly([100, 101, 100, 300, 303, 300], [0, 1, 2, 50, 51, 52]);
    const whole = hourly([100, 101, 100, 101, 100]);
    expect(realizedVolatility(gapped, '1h')).toBeCloseTo(realizedVolatility(whole, '1h'), 9);
  });

  it('is 0 in a flat market and NaN from fewer than two returns', () => {
    expect(realizedVolatility(hourly([5, 5, 5]), '1h')).toBe(0);
    expect(realizedVolatility(hourly([5, 6]), '1h')).toBeNaN();
    expect(realizedVolatility(CandleSeries.empty(), '1h')).toBeNaN();
  });
});

describe('parkinsonVolatility', () => {
  it('annualises the mean squared log range over 4 ln 2', () => {
    const candles = CandleSeries.from([
      [0, 100, 102, 99, 101, 1],
      [HOUR, 101, 103, 101, 102, 1],
    ]);
    const mean = (Math.log(102 / 99) ** 2 + Math.log(103 / 101) ** 2) / 2;
    expect(parkinsonVolatility(candles, '1h')).toBeCloseTo(
      Math.sqrt((mean / (4 * Math.log(2))) * 8760),
      12,
    );
  });

  it('agrees with closes on a random walk watched finely', () => {
    // Mulberry32, and the sum of twelve uniforms for a normal step: the same walk in every run.
    let state = 1;
    const uniform = (): number => {
      state = (state + 0x6d2b79f5) | 0;
      let word = Math.imul(state ^ (state >>> 15), state | 1);
      word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
      return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
    };
    const normal = (): number => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += uniform();
      return sum;
    };
    let price = 100;
    const rows = Array.from({ length: 600 }, (_, i) => {
      const open = price;
      let [high, low] = [open, open];
      for (let step = 0; step < 400; step++) {
        price *= Math.exp(normal() * 0.0005);
        high = Math.max(high, price);
        low = Math.min(low, price);
      }
      return [i * HOUR, open, high, low, price, 1] as const;
    });
    const candles = CandleSeries.from(rows);
    const perYear = 0.0005 * Math.sqrt(400 * 8760);
    const standardError = 1 / Math.sqrt(2 * 600);
    expect(Math.abs(realizedVolatility(candles, '1h') / perYear - 1)).toBeLessThan(
      3 * standardError,
    );
    // Four hundred steps miss a little of the true range, so Parkinson lies a few percent low.
    expect(parkinsonVolatility(candles, '1h') / perYear).toBeGreaterThan(0.9);
    expect(parkinsonVolatility(candles, '1h') / perYear).toBeLessThan(1.03);
  });

  it('is NaN without candles', () => {
    expect(parkinsonVolatility(CandleSeries.empty(), '1h')).toBeNaN();
  });
});
