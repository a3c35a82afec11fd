import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PositionSizeInput, positionSize } from '../../src/scoring/position-size.js';

const plain: PositionSizeInput = {
  entryPrice: 100,
  lossPerUnit: 2.2,
  stopDistance: 2,
  rewardToRisk: 2,
  lotSize: 0.1,
  riskPerTrade: 0.02,
  maxPositionNotional: 10,
  equity: 10_000,
  fillable: Number.POSITIVE_INFINITY,
  probability: undefined,
};

describe('positionSize', () => {
  it('loses the risked fraction at the stop, rounded down to a lot', () => {
    // 200 at risk over 2.2 a unit is 90.909...
    expect(positionSize(plain)).toEqual({
      amount: 90.9,
      riskFraction: (90.9 * 2.2) / 10_000,
      notionalMultiple: 0.909,
    });
  });

  it('is capped by notional', () => {
    const size = positionSize({ ...plain, maxPositionNotional: 0.5 });
    expect(size.amount).toBe(50);
    expect(size.riskFraction).toBeCloseTo(0.011, 15);
    expect(size.notionalMultiple).toBe(0.5);
  });

  it('is capped by what the book can fill', () => {
    expect(positionSize({ ...plain, fillable: 7.77 }).amount).toBe(7.7);
  });

  it('is capped by a quarter of Kelly when the chance is known', () => {
    // Kelly at p 0.36 and 2:1 is 0.04; a quarter of it is 0.01.
    const size = positionSize({ ...plain, lossPerUnit: 2, probability: 0.36 });
    expect(size.riskFraction).toBeCloseTo(0.01, 4);
    expect(positionSize({ ...plain, probability: 0.3 }).amount).toBe(0);
    expect(positionSize({ ...plain, probability: 0.9 })).toEqual(positionSize(plain));
  });

  it('is 0, never rounded up, when the caps leave less than a lot', () => {
    expect(positionSize({ ...plain, lotSize: 100 })).toEqual({
      amount: 0,
      riskFraction: 0,
      notionalMultiple: 0,
    });
    expect(positionSize({ ...plain, equity: 0 }).amount).toBe(0);
  });

  it('gives the fraction alone without equity', () => {
    expect(positionSize({ ...plain, equity: undefined })).toEqual({
      amount: undefined,
      riskFraction: 0.02,
      notionalMultiple: 1,
    });
    expect(
      positionSize({ ...plain, equity: undefined, maxPositionNotional: 0.5 }).riskFraction,
    ).toBe(0.01);
  });

  const positive = (max: number): fc.Arbitrary<number> =>
    fc.double({ min: 1e-6, max, noNaN: true, minExcluded: true });

  it('never exceeds a cap', () => {
    const anyInput = fc
      .record({
        entryPrice: positive(1e6),
        stopFraction: fc.double({ min: 1e-5, max: 0.9, noNaN: true }),
        costFraction: fc.double({ min: 0, max: 0.05, noNaN: true }),
        rewardToRisk: fc.double({ min: -1, max: 20, noNaN: true }),
        lotSize: fc.constantFrom(1e-8, 0.001, 0.1, 1, 1000),
        riskPerTrade: fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
        maxPositionNotional: positive(20),
        equity: fc.option(positive(1e7), { nil: undefined }),
        fillable: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), positive(1e6)),
        probability: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      })
      .map(({ stopFraction, costFraction, ...rest }) => ({
        ...rest,
        stopDistance: rest.entryPrice * stopFraction,
        lossPerUnit: rest.entryPrice * (stopFraction + costFraction),
      }));
    fc.assert(
      fc.property(anyInput, (input) => {
        const { amount, riskFraction, notionalMultiple } = positionSize(input);
        expect(riskFraction).toBeGreaterThanOrEqual(0);
        expect(riskFraction).toBeLessThanOrEqual(input.riskPerTrade);
        expect(notionalMultiple).toBeLessThanOrEqual(input.maxPositionNotional);
        if (amount === undefined || input.equity === undefined) return;
        expect(amount).toBeLessThanOrEqual(input.fillable);
        expect(amount).toBeLessThanOrEqual((input.equity * input.riskPerTrade) / input.lossPerUnit);
        const lots = amount / input.lotSize;
        expect(Math.abs(lots - Math.round(lots))).toBeLessThanOrEqual(1e-6 * Math.max(1, lots));
      }),
    );
  });
});
