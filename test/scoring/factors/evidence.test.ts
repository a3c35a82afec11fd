import { describe, expect, it } from 'vitest';
import {
  ageTrust,
  beyondChance,
  clamp,
  Evidence,
  signed,
  timeframeWeight,
} from '../../../src/scoring/factors/evidence.js';
import { FIVE } from './readings.js';

function consensus(evidence: readonly { readonly value: number; readonly weight: number }[]) {
  const all = new Evidence();
  for (const { value, weight } of evidence) all.add(value, weight);
  return all.consensus();
}

describe('evidence', () => {
  it('weighs evidence, and tells how far it agrees', () => {
    const all = consensus([
      { value: 0.5, weight: 3 },
      { value: -0.5, weight: 1 },
    ]);
    expect(all).toEqual({ bias: 0.25, agreement: 1 / (2 + 4 * 0.05), coverage: 1 });
  });

  it('leaves absent evidence out of the bias and counts it against coverage', () => {
    const all = consensus([
      { value: 0.5, weight: 1 },
      { value: Number.NaN, weight: 3 },
    ]);
    expect(all).toEqual({ bias: 0.5, agreement: 0.5 / 0.55, coverage: 0.25 });
  });

  it('agrees less the fainter the evidence is', () => {
    const [clear, faint] = [0.9, 0.01].map((value) => consensus([{ value, weight: 1 }])?.agreement);
    expect(clear).toBeGreaterThan(0.9);
    expect(faint).toBeLessThan(0.2);
  });

  it('has no agreement where nothing points anywhere, and nothing to say without evidence', () => {
    expect(consensus([{ value: 0, weight: 1 }])).toEqual({ bias: 0, agreement: 0, coverage: 1 });
    expect(consensus([{ value: Number.NaN, weight: 1 }])).toBeUndefined();
    expect(consensus([])).toBeUndefined();
  });
});

describe('timeframeWeight', () => {
  it('rises with the timeframe and sums to 1', () => {
    const weights = FIVE.map((_, i) => timeframeWeight(FIVE, i));
    expect(weights).toEqual([1 / 15, 2 / 15, 3 / 15, 4 / 15, 5 / 15]);
  });
});

describe('clamp and signed', () => {
  it('keep a value between its bounds and NaN a NaN; print a sign', () => {
    expect([clamp(2, -1, 1), clamp(-2, -1, 1), clamp(0.5, -1, 1)]).toEqual([1, -1, 0.5]);
    expect(clamp(Number.NaN, -1, 1)).toBeNaN();
    expect([signed(0.456), signed(-1.3), signed(-0)]).toEqual(['+0.46', '-1.30', '+0.00']);
  });
});

describe('beyondChance', () => {
  it('says little within what chance does, and never more than 1', () => {
    expect([0, 1, 2, 4, -2].map(beyondChance)).toEqual([0, 1 / 3, 4 / 6, 16 / 18, -4 / 6]);
    expect(beyondChance(Number.MAX_VALUE)).toBeCloseTo(1, 9);
    expect(beyondChance(Number.NEGATIVE_INFINITY)).toBeCloseTo(-1, 9);
    expect(beyondChance(Number.NaN)).toBeNaN();
  });
});

describe('ageTrust', () => {
  it('halves with every half-life, and is whole for what is new or not yet old', () => {
    expect([0, 10, 20, -5].map((age) => ageTrust(age, 10))).toEqual([1, 0.5, 0.25, 1]);
  });
});
