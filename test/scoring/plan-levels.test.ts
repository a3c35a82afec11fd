import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PlanLevels,
  type PlanLevelsInput,
  planLevels,
} from '../../src/scoring/plan-levels.js';

const plain: PlanLevelsInput = {
  direction: 'long',
  tickSize: 0.01,
  entry: 100,
  atr: 0.01,
  stopAtrMultiple: 2,
  targetRewardToRisk: 2,
  structure: [],
  clearance: 0.02,
};

function levels(changed: Partial<PlanLevelsInput>): PlanLevels {
  const found = planLevels({ ...plain, ...changed });
  if (found === undefined) throw new Error('there is no plan');
  return found;
}

describe('planLevels', () => {
  it('stops two ranges away, rounded away from the entry, and aims twice as far', () => {
    // 100 * exp(-0.02) is 98.0198..., 100 + 2 * 1.99 is 103.98
    expect(levels({})).toEqual({ entryPrice: 100, stopLoss: 98.01, takeProfit: 103.98 });
  });

  it('mirrors a long for a short', () => {
    // 100 * exp(0.02) is 102.0201..., 100 - 2 * 2.03 is 95.94
    expect(levels({ direction: 'short' })).toEqual({
      entryPrice: 100,
      stopLoss: 102.03,
      takeProfit: 95.94,
    });
  });

  it('hides the stop behind structure near where it would stand', () => {
    // A quarter of a range below 98.2: 98.2 * exp(-0.0025) is 97.954...
    expect(levels({ structure: [98.2] }).stopLoss).toBe(97.95);
    expect(levels({ structure: [99.9, 90] }).stopLoss).toBe(98.01);
  });

  it('takes profit in front of structure near the target', () => {
    // A tenth of a range, 0.1, before 104.5.
    expect(levels({ structure: [104.5] }).takeProfit).toBe(104.4);
    expect(levels({ structure: [101, 120] }).takeProfit).toBe(103.98);
  });

  it('keeps the stop clear of spread and slippage', () => {
    expect(levels({ atr: 0.0001, clearance: 0.5 }).stopLoss).toBe(99.49);
    expect(levels({ atr: 0, clearance: 0 })).toEqual({
      entryPrice: 100,
      stopLoss: 99.99,
      takeProfit: 100.02,
    });
  });

  it('has no plan where a tick is too coarse', () => {
    expect(planLevels({ ...plain, entry: 1e-8, tickSize: 1e-8, clearance: 0 })).toBeUndefined();
    expect(planLevels({ ...plain, tickSize: 0 })).toBeUndefined();
  });

  it('keeps a target above zero when a short has more room than there is price', () => {
    const far = levels({ direction: 'short', atr: 0.5 });
    expect(far.takeProfit).toBe(0.01);
    expect(far.stopLoss).toBeCloseTo(271.83, 2);
  });

  const anyInput: fc.Arbitrary<PlanLevelsInput> = fc
    .record({
      direction: fc.constantFrom('long' as const, 'short' as const),
      tickSize: fc.constantFrom(1e-8, 0.0001, 0.01, 0.5, 1, 25),
      ticks: fc.double({ min: 2, max: 1e7, noNaN: true }),
      atr: fc.double({ min: 0, max: 0.5, noNaN: true }),
      stopAtrMultiple: fc.double({ min: 0.5, max: 5, noNaN: true }),
      targetRewardToRisk: fc.double({ min: 0.5, max: 5, noNaN: true }),
      structure: fc.array(fc.double({ min: 0.5, max: 1.5, noNaN: true }), { maxLength: 4 }),
      clearance: fc.double({ min: 0, max: 3, noNaN: true }),
    })
    .map(({ ticks, structure, clearance, ...rest }) => ({
      ...rest,
      entry: ticks * rest.tickSize,
      structure: structure.map((share) => share * ticks * rest.tickSize),
      clearance: clearance * rest.tickSize,
    }));

  const isOnTick = (price: number, tick: number): boolean => {
    const ticks = price / tick;
    return Math.abs(ticks - Math.round(ticks)) <= 1e-9 * Math.max(1, ticks);
  };

  it('puts every level on a tick, on its side of the entry, clear of the costs', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const found = planLevels(input);
        if (found === undefined) return;
        const { entryPrice, stopLoss, takeProfit } = found;
        const sign = input.direction === 'long' ? 1 : -1;
        for (const price of [entryPrice, stopLoss, takeProfit]) {
          expect(price).toBeGreaterThan(0);
          expect(isOnTick(price, input.tickSize)).toBe(true);
        }
        const slack = 1e-9 * entryPrice;
        const distance = sign * (entryPrice - stopLoss);
        expect(distance).toBeGreaterThanOrEqual(input.clearance + input.tickSize - slack);
        expect(sign * (takeProfit - entryPrice)).toBeGreaterThan(0);
      }),
    );
  });
});
