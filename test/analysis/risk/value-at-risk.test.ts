import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedShortfall, valueAtRisk } from '../../../src/analysis/risk/value-at-risk.js';

// -0.10, -0.09, ... +0.09, out of order.
const RETURNS = Float64Array.from({ length: 20 }, (_, i) => (((i * 7) % 20) - 10) / 100);

describe('valueAtRisk', () => {
  it('is the loss at the asked rank from the worst', () => {
    expect(valueAtRisk(RETURNS)).toBe(0.1);
    expect(valueAtRisk(RETURNS, 0.9)).toBe(0.09);
    expect(valueAtRisk(RETURNS, 0.88)).toBe(0.08);
  });

  it('is below 0 when even that return was a gain', () => {
    expect(valueAtRisk(Float64Array.of(0.03, 0.01, 0.02), 0.5)).toBe(-0.02);
  });

  it('is NaN when the tail holds less than one return', () => {
    expect(valueAtRisk(RETURNS, 0.951)).toBeNaN();
    expect(expectedShortfall(RETURNS, 0.951)).toBeNaN();
    expect(valueAtRisk(new Float64Array(0))).toBeNaN();
  });

  it.each([0, 1, 95, Number.NaN])('refuses a confidence of %s', (confidence) => {
    expect(() => valueAtRisk(RETURNS, confidence)).toThrow(
      `confidence must be between 0 and 1, was ${confidence}`,
    );
    expect(() => expectedShortfall(RETURNS, confidence)).toThrow('confidence');
  });
});

describe('expectedShortfall', () => {
  it('averages the tail, the last return in part', () => {
    expect(expectedShortfall(RETURNS)).toBe(0.1);
    expect(expectedShortfall(RETURNS, 0.9)).toBeCloseTo(0.095, 12);
    expect(expectedShortfall(RETURNS, 0.875)).toBeCloseTo((0.1 + 0.09 + 0.08 / 2) / 2.5, 12);
  });

  it('is never below value at risk, and rises with confidence', () => {
    const returns = fc.array(fc.double({ min: -0.9, max: 3, noNaN: true }), {
      minLength: 40,
      maxLength: 80,
    });
    const confidence = fc.double({ min: 0.01, max: 0.97, noNaN: true });
    fc.assert(
      fc.property(returns, confidence, confidence, (values, one, other) => {
        const column = Float64Array.from(values);
        const [lower, upper] = [Math.min(one, other), Math.max(one, other)];
        expect(expectedShortfall(column, one)).toBeGreaterThanOrEqual(
          valueAtRisk(column, one) - 1e-12,
        );
        expect(expectedShortfall(column, upper)).toBeGreaterThanOrEqual(
          expectedShortfall(column, lower) - 1e-12,
        );
      }),
    );
  });
});
