import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyIsotonic, fitIsotonic } from '../../src/forecast/isotonic.js';
import { applyPlatt, fitPlatt, logistic, plattTargets } from '../../src/forecast/platt.js';
import { brierScore, brierSkill, logLoss, qlike } from '../../src/forecast/probability-score.js';
import {
  calibrationError,
  decomposeBrier,
  reliabilityTable,
} from '../../src/forecast/reliability.js';
import { wilsonInterval } from '../../src/forecast/wilson-interval.js';

const chances = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.55, 0.3, 0.2, 0.65);
const outcomes = Uint8Array.of(1, 1, 0, 1, 0, 0, 0, 1);

describe('scores of a probability', () => {
  it('have the printed values of the definitions', () => {
    const brier = brierScore(chances, outcomes);
    expect(brier).toBeCloseTo(0.156875, 12);
    expect(brierSkill(brier, 0.25)).toBeCloseTo(0.3725, 12);
    expect(logLoss(chances, outcomes)).toBeCloseTo(0.481551, 6);
  });

  it('rank a right variance forecast first under noise', () => {
    expect(qlike(2, 2)).toBe(0);
    expect(qlike(2, 1)).toBeGreaterThan(0);
    expect(qlike(1, 2)).toBeGreaterThan(0);
  });
});

describe('wilsonInterval', () => {
  it.each([
    [17, 20, 0.64, 0.948],
    [170, 200, 0.794, 0.893],
  ])('of %d in %d is [%d, %d]', (hits, trials, low, high) => {
    const interval = wilsonInterval(hits, trials);
    expect(interval[0]).toBeCloseTo(low, 3);
    expect(interval[1]).toBeCloseTo(high, 3);
  });

  it('claims nothing without trials', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });
});

describe("Platt's calibration", () => {
  it('smooths its targets', () => {
    const { hit, miss } = plattTargets(4, 4);
    expect(hit).toBeCloseTo(0.8333, 4);
    expect(miss).toBeCloseTo(0.1667, 4);
  });

  it('refuses a score that is no number', () => {
    expect(() => fitPlatt(Float64Array.of(1, Number.NaN, 2), Uint8Array.of(0, 1, 0))).toThrow(
      'scores must be finite, score 1 was NaN',
    );
  });

  it('recovers a planted calibration', () => {
    const n = 20_000;
    const scores = Float64Array.from({ length: n }, (_, i) => (6 * i) / n - 3);
    // Outcomes by the low bits of a Weyl sequence: equidistributed, so the planted rates are met almost exactly.
    const happened = Uint8Array.from(scores, (score, i) =>
      (i * 0.6180339887498949) % 1 < logistic(0.8 * score - 0.3) ? 1 : 0,
    );
    const fit = fitPlatt(scores, happened);
    expect(fit.slope).toBeCloseTo(0.8, 1);
    expect(fit.intercept).toBeCloseTo(-0.3, 1);
    expect(applyPlatt(fit, 0)).toBeCloseTo(logistic(-0.3), 2);
  });

  it('refuses a sample without misses', () => {
    expect(() => fitPlatt(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toThrow(
      'calibration needs hits and misses, had 2 and 0',
    );
  });
});

describe('isotonic calibration', () => {
  const events = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1)), {
    minLength: 1,
    maxLength: 60,
  });

  it('is monotone and keeps the mean outcome', () => {
    fc.assert(
      fc.property(events, (rows) => {
        const raw = Float64Array.from(rows, ([p]) => p);
        const happened = Uint8Array.from(rows, ([, y]) => y);
        const fit = fitIsotonic(raw, happened);
        const fitted = [...raw].map((p) => applyIsotonic(fit, p));
        for (let k = 1; k < fit.value.length; k++) {
          expect(fit.value[k]).toBeGreaterThan(fit.value[k - 1]);
        }
        const total = happened.reduce((sum, y) => sum + y, 0);
        expect(fitted.reduce((sum, p) => sum + p, 0)).toBeCloseTo(total, 9);
      }),
    );
  });
});

describe('reliabilityTable', () => {
  it('has bins of equal count at their mean forecast', () => {
    const table = reliabilityTable(chances, outcomes, 4);
    expect(table.map(({ count, hits }) => [count, hits])).toEqual([
      [2, 0],
      [2, 1],
      [2, 1],
      [2, 2],
    ]);
    expect(table[3].meanChance).toBeCloseTo(0.85, 12);
    expect(calibrationError(table)).toBeCloseTo((0.25 + 0.075 + 0.175 + 0.15) / 4, 12);
  });

  it('splits the Brier score exactly when each bin holds one forecast', () => {
    const table = reliabilityTable(chances, outcomes, chances.length);
    const { reliability, resolution, uncertainty } = decomposeBrier(table);
    expect(reliability - resolution + uncertainty).toBeCloseTo(brierScore(chances, outcomes), 12);
  });
});
