import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normalizedOrderFlowImbalance,
  orderFlow,
  orderFlowImbalance,
} from '../../../src/analysis/microstructure/order-flow-imbalance.js';
import { arbitraryBook, book, mirrored, touch } from './arbitrary-books.js';

const BOOKS = (
  [
    [100, 10, 101, 8],
    [100, 12, 101, 8],
    [100.5, 5, 101, 8],
    [100.5, 5, 101, 3],
    [100.5, 5, 101.5, 9],
    [100, 7, 101.5, 9],
  ] as const
).map((levels, i) => touch(levels, i * 1000));

describe('orderFlowImbalance', () => {
  it('sums the published terms', () => {
    expect(BOOKS.slice(1).map((after, i) => orderFlow(BOOKS[i], after))).toEqual([2, 5, 5, 3, -5]);
    expect(orderFlowImbalance(BOOKS)).toBe(10);
  });

  it('counts in units of the mean amount at the touch when normalised', () => {
    const meanTouch = (9 + 10 + 6.5 + 4 + 7 + 8) / 6;
    expect(normalizedOrderFlowImbalance(BOOKS)).toBeCloseTo(10 / meanTouch, 12);
  });

  it('is NaN from fewer than two books and over an empty side', () => {
    expect(orderFlowImbalance([])).toBeNaN();
    expect(orderFlowImbalance([BOOKS[0]])).toBeNaN();
    expect(orderFlowImbalance([BOOKS[0], book([[100, 1]], []), BOOKS[1]].map(atZero))).toBeNaN();
    expect(normalizedOrderFlowImbalance([])).toBeNaN();
  });

  it('changes sign when the market is mirrored', () => {
    const sequence = fc.array(arbitraryBook, { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(sequence, (books) => {
        const turned = books.map((any) => mirrored(any));
        expect(orderFlowImbalance(turned)).toBe(0 - orderFlowImbalance(books));
      }),
    );
  });

  it('adds up over consecutive stretches', () => {
    expect(orderFlowImbalance(BOOKS.slice(0, 3)) + orderFlowImbalance(BOOKS.slice(2))).toBe(10);
  });

  it('refuses books that run backwards', () => {
    expect(() => orderFlowImbalance([BOOKS[1], BOOKS[0]])).toThrow(
      'books must be oldest first, was 0 after 1000',
    );
  });
});

function atZero({ bids, asks }: (typeof BOOKS)[number]): (typeof BOOKS)[number] {
  const levels = (side: typeof bids): [number, number][] =>
    Array.from(side.price, (price, i) => [price, side.amount[i]]);
  return book(levels(bids), levels(asks));
}
