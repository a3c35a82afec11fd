import { describe, expect, it } from 'vitest';
import { composite } from '../../../src/scoring/composite.js';
import type { DataNeed, FactorInput } from '../../../src/scoring/factor.js';
import { CHANCE } from '../../../src/scoring/factors/chance.js';
import { defaultFactors } from '../../../src/scoring/factors/default-factors.js';
import { profilePosition } from '../../../src/scoring/factors/volume.js';
import { drawn, mirrored, randomWalk, scaled } from '../../analysis/regime/planted-markets.js';
import { FIVE_MINUTE_CANDLES, seenFrom } from './walks.js';

const WALKS = Array.from({ length: 100 }, (_, seed) =>
  seenFrom(randomWalk(5000 + seed, FIVE_MINUTE_CANDLES)),
);

function biasOf(market: FactorInput<DataNeed>): number {
  const voices = defaultFactors.map((factor) => ({
    factor,
    reading: factor.evaluate(market),
    absence: undefined,
  }));
  return composite(voices).bias;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))];
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

describe('a market without direction', () => {
  it('shows the standard deviations that evidence is measured against', () => {
    const readings = WALKS.flatMap((market) => [...market.readings.values()]);
    const measured = {
      trendStrength: rootMeanSquare(readings.map((r) => r.trendStrength)),
      rsi: rootMeanSquare(readings.map((r) => r.rsi - 50)),
      histogram: rootMeanSquare(readings.map((r) => r.macdHistogram / r.atr)),
      volumeFlow: rootMeanSquare(readings.map((r) => r.volumeFlow)),
      vwapDistance: rootMeanSquare(readings.map((r) => r.vwapDistance / r.atr)),
      bandPosition: rootMeanSquare(readings.map((r) => r.bandPosition)),
      profilePosition: rootMeanSquare(
        WALKS.map(({ volumeProfile, readings: at, planTimeframe }) =>
          profilePosition(volumeProfile, at.get(planTimeframe)?.close ?? Number.NaN),
        ),
      ),
    };
    for (const name of Object.keys(CHANCE) as (keyof typeof CHANCE)[]) {
      expect(measured[name] / CHANCE[name], name).toBeGreaterThan(0.85);
      expect(measured[name] / CHANCE[name], name).toBeLessThan(1.15);
    }
  });

  it('scores low: half of walks under 0.2, nine in ten under 0.45, no side favoured', () => {
    const biases = WALKS.map(biasOf);
    const scores = biases.map(Math.abs);
    expect(quantile(scores, 0.5)).toBeLessThan(0.2);
    expect(quantile(scores, 0.9)).toBeLessThan(0.45);
    const mean = biases.reduce((sum, bias) => sum + bias, 0) / biases.length;
    expect(Math.abs(mean)).toBeLessThan((3 * rootMeanSquare(biases)) / Math.sqrt(biases.length));
  });
});

describe('a market with direction', () => {
  it('scores high, on the right side', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const rising = seenFrom(randomWalk(seed, FIVE_MINUTE_CANDLES, 0.3));
      const falling = seenFrom(randomWalk(seed, FIVE_MINUTE_CANDLES, -0.3));
      expect(biasOf(rising)).toBeGreaterThan(0.6);
      expect(biasOf(falling)).toBeLessThan(-0.6);
    }
  });

  it('has the opposite bias in its mirror image, and the same at another scale', () => {
    for (const seed of [1, 2, 3, 4]) {
      const candles = randomWalk(seed, FIVE_MINUTE_CANDLES, 0.05);
      const bias = biasOf(seenFrom(candles));
      expect(biasOf(seenFrom(mirrored(candles)))).toBeCloseTo(-bias, 6);
      expect(biasOf(seenFrom(scaled(candles, 2 ** -12)))).toBeCloseTo(bias, 9);
    }
  });
});

describe('a straight line', () => {
  it('is a trend like another: a finite bias near 1, and sentences without absurd numbers', () => {
    const line = seenFrom(drawn(Array.from({ length: FIVE_MINUTE_CANDLES }, (_, i) => i / 1000)));
    for (const factor of defaultFactors) {
      const reading = factor.evaluate(line);
      if (reading !== undefined) expect(Math.abs(reading.bias)).toBeLessThanOrEqual(1);
    }
    expect(biasOf(line)).toBeGreaterThan(0.6);
  });
});
