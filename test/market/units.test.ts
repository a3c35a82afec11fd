import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ceilToStep, floorToStep, fromBps, roundToStep, toBps } from '../../src/market/units.js';

describe('basis points', () => {
  test('are ten-thousandths', () => {
    expect(toBps(0.0025)).toBeCloseTo(25, 12);
    expect(fromBps(25)).toBeCloseTo(0.0025, 15);
  });
});

describe('steps', () => {
  test.each([
    [0.3, 0.1, 0.3],
    [0.7, 0.1, 0.7],
    [1.15, 0.05, 1.15],
    [0.299999, 0.1, 0.2],
    [123.456, 0.01, 123.45],
    [7, 5, 5],
    [0.000012345, 1e-8, 0.00001234],
    [0.3 - 0.1, 0.1, 0.2],
    [6e9 + 0.75, 1, 6e9],
    [123_456_789.87654321, 1e-6, 123_456_789.876543],
    [1e-24, 3e-25, 9e-25],
    [7e22, 5e22, 5e22],
  ])('floorToStep(%d, %d) is the decimal %d, not its binary neighbour', (value, step, floor) => {
    expect(floorToStep(value, step)).toBe(floor);
  });

  test.each([
    [0.3, 0.1, 0.3],
    [0.31, 0.1, 0.4],
    [-0.35, 0.1, -0.3],
  ])('ceilToStep(%d, %d) is %d', (value, step, ceil) => {
    expect(ceilToStep(value, step)).toBe(ceil);
  });

  test('roundToStep takes the nearest, ties upward', () => {
    expect([roundToStep(0.14, 0.1), roundToStep(0.16, 0.1), roundToStep(2.5, 1)]).toEqual([
      0.1, 0.2, 3,
    ]);
  });

  const arbitraryStep = fc
    .tuple(fc.constantFrom(1, 2, 5, 25), fc.integer({ min: -8, max: 2 }))
    .map(([digit, exponent]) => Number(`${digit}e${exponent}`));

  test('a value between steps lies between its floor and its ceiling, one step apart at most', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), arbitraryStep, (value, step) => {
        const floor = floorToStep(value, step);
        const ceil = ceilToStep(value, step);
        const noise = 1e-15 * Math.max(value, step);
        expect(floor <= value + noise && value <= ceil + noise).toBe(true);
        expect(ceil - floor).toBeLessThanOrEqual(step + noise);
      }),
    );
  });

  test('a multiple of the step is its own floor and ceiling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), arbitraryStep, (count, step) => {
        const value = roundToStep(count * step, step);
        expect(floorToStep(value, step)).toBe(value);
        expect(ceilToStep(value, step)).toBe(value);
      }),
    );
  });
});
