import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { type BookLevel, OrderBook } from '../../src/market/order-book.js';

describe('OrderBook.from', () => {
  test('keeps both sides best first, and ignores what follows price and amount', () => {
    const book = OrderBook.from({
      time: 1,
      bids: [
        [100, 3, 'order count'],
        [99, 1],
      ] as BookLevel[],
      asks: [[101, 2]],
    });
    expect([...book.bids.price]).toEqual([100, 99]);
    expect([...book.asks.amount]).toEqual([2]);
  });

  test('takes an empty side, an empty book and a locked book', () => {
    const empty = OrderBook.from({ time: 1, bids: [], asks: [] });
    expect([empty.bids.length, empty.asks.length]).toEqual([0, 0]);
    const locked = OrderBook.from({ time: 1, bids: [[100, 1]], asks: [[100, 1]] });
    expect(locked.bids.price[0]).toBe(locked.asks.price[0]);
  });

  test.each<[string, readonly BookLevel[], readonly BookLevel[], string]>([
    ['a crossed book', [[101, 1]], [[100, 1]], 'best bid 101 is above best ask 100'],
    [
      'bids that rise',
      [
        [99, 1],
        [100, 1],
      ],
      [],
      'bid 1: bids must be sorted best first, was 100 after 99',
    ],
    [
      'a price that repeats',
      [],
      [
        [101, 1],
        [101, 2],
      ],
      'ask 1: asks must be sorted best first',
    ],
    ['an amount of zero', [[100, 0]], [], 'bid 0: amount must be finite and above 0, was 0'],
    ['a price of NaN', [], [[Number.NaN, 1]], 'ask 0: price must be finite and above 0, was NaN'],
  ])('refuses %s', (_, bids, asks, message) => {
    expect(() => OrderBook.from({ time: 1, bids, asks })).toThrow(message);
  });

  test('refuses a time that is not whole milliseconds', () => {
    expect(() => OrderBook.from({ time: 1.5, bids: [], asks: [] })).toThrow('was 1.5');
  });

  test('arbitrary levels give a sorted, uncrossed book or bad_data', () => {
    const cell = fc.oneof(fc.integer({ min: -1, max: 5 }), fc.double(), fc.constant('1'));
    const side = fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(side, side, (bids, asks) => {
        try {
          const book = OrderBook.from({ time: 0, bids, asks } as never);
          expect([...book.bids.price]).toEqual([...book.bids.price].sort((a, b) => b - a));
          expect([...book.asks.price]).toEqual([...book.asks.price].sort((a, b) => a - b));
          expect(book.bids.price[0] > book.asks.price[0]).toBe(false);
        } catch (error) {
          expect(ScannerError.is(error) && error.code).toBe('bad_data');
        }
      }),
    );
  });
});
