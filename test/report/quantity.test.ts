import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compactText,
  momentText,
  percentText,
  priceText,
  signedText,
  valueText,
} from '../../src/report/quantity.js';

describe('quantities in words', () => {
  test.each([
    [63210.5, '63210.5'],
    [0.00002314, '0.00002314'],
    [2.314e-9, '0.000000002314'],
    [0, '0'],
    [1234567.891234, '1234567.9'],
    [0.1 + 0.2, '0.3'],
    [1e22, '10000000000000000000000'],
  ])('a price of %d is %s', (price, text) => {
    expect(priceText(price)).toBe(text);
  });

  test('a price reads back as itself to eight digits, and never has an exponent', () => {
    const price = fc.double({ min: 1e-12, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(price, (value) => {
        const text = priceText(value);
        expect(text).toMatch(/^\d+(\.\d+)?$/);
        expect(Math.abs(Number(text) / value - 1)).toBeLessThan(1e-7);
      }),
    );
  });

  test.each([
    [12_345_678, '12.3M'],
    [999_950, '1M'],
    [999, '999'],
    [840_000, '840K'],
    [-1500, '-1.5K'],
    [0.1234, '0.123'],
    [4.2e12, '4.2T'],
  ])('%d in three digits is %s', (amount, text) => {
    expect(compactText(amount)).toBe(text);
  });

  test('a sign is always shown, and zero is never negative', () => {
    expect([signedText(0.314), signedText(-0.2), signedText(-0.0001)]).toEqual([
      '+0.31',
      '-0.20',
      '+0.00',
    ]);
    expect(percentText(-0.0001)).toBe('0.0%');
  });

  test('moments are UTC, with seconds only where there are some', () => {
    expect(momentText(1714521600000)).toBe('2024-05-01 00:00 UTC');
    expect(momentText(1714521607000)).toBe('2024-05-01 00:00:07 UTC');
  });

  test('measured values are as exact as a reader needs', () => {
    expect([0.253712, 7, 1_000_000, 0.005].map(valueText)).toEqual(['0.2537', '7', '1M', '0.005']);
  });
});
