import { describe, expect, it } from 'vitest';
import { sentence } from '../../../src/scoring/factor.js';
import { bandExpansion, volatilityFactor } from '../../../src/scoring/factors/volatility.js';
import { everywhere, input, reading } from './readings.js';

// What the bands of a random walk with a volatility of 1% measure: four times 1.823%.
const USUAL = { volatility: 0.01, bandWidth: 4 * 0.01 * Math.sqrt(399 / 120) };

function read(changes: Parameters<typeof reading>[0]) {
  return volatilityFactor.evaluate(input({ readings: everywhere(reading(changes)) }));
}

describe('volatilityFactor', () => {
  it('leans to the side of the bands that price is on, more surely the wider they open', () => {
    const usual = read({ ...USUAL, bandPosition: 1 });
    const opening = read({ ...USUAL, bandPosition: 1, volatility: 0.006 });
    expect(usual?.bias).toBeGreaterThan(0.3);
    expect(opening?.confidence ?? 0).toBeGreaterThan(usual?.confidence ?? 1);
    expect(opening?.confidence).toBe(0.6);
    expect(sentence(opening?.reason ?? '')).toBe(
      "price in the upper half of opening bands (1.7 times a random walk's width)",
    );
  });

  it('has no confidence while the bands are at half their usual width, and abstains without movement', () => {
    expect(read({ ...USUAL, bandPosition: 1, volatility: 0.02 })?.confidence).toBe(0);
    expect(read({ bandWidth: 0, volatility: 0 })).toBeUndefined();
  });
});

describe('bandExpansion', () => {
  it('is 1 for the bands of a random walk, 3 at most, and NaN without movement', () => {
    expect(bandExpansion(reading(USUAL))).toBeCloseTo(1, 12);
    expect(bandExpansion(reading({ bandWidth: 1, volatility: 1e-300 }))).toBe(3);
    expect(bandExpansion(reading({ volatility: 0 }))).toBeNaN();
    expect(bandExpansion(reading({ volatility: Number.NaN }))).toBeNaN();
  });
});
