import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bandCoverage,
  bookImbalance,
} from '../../../src/analysis/microstructure/book-imbalance.js';
import { bandDepth, notionalToMove } from '../../../src/analysis/microstructure/depth.js';
import { arbitraryBook, book, mirrored } from './arbitrary-books.js';

const BOOK = book(
  [
    [99.9, 3],
    [99.75, 5],
    [99, 100],
  ],
  [
    [100.1, 1],
    [100.25, 3],
    [103, 7],
  ],
);

describe('bookImbalance', () => {
  it('weighs bids against asks within the band, its edge included', () => {
    expect(bookImbalance(BOOK, { depthBps: 24.9 })).toBe((3 - 1) / (3 + 1));
    expect(bookImbalance(BOOK, { depthBps: 25 })).toBe((8 - 4) / (8 + 4));
    expect(bookImbalance(BOOK, { depthBps: 100 })).toBe((108 - 4) / (108 + 4));
  });

  it('lets far levels fade by the decay', () => {
    const near = Math.exp(-10 / 15);
    const far = Math.exp(-25 / 15);
    const bids = 3 * near + 5 * far;
    const asks = near + 3 * far;
    expect(bookImbalance(BOOK, { depthBps: 25, decayBps: 15 })).toBeCloseTo(
      (bids - asks) / (bids + asks),
      12,
    );
  });

  it('is NaN when a side is empty, and when the band is', () => {
    expect(bookImbalance(book([[100, 1]], []), { depthBps: 25 })).toBeNaN();
    expect(bookImbalance(book([], [[100, 1]]), { depthBps: 25 })).toBeNaN();
    expect(bookImbalance(book([], []), { depthBps: 25 })).toBeNaN();
    expect(bookImbalance(book([[90, 1]], [[110, 1]]), { depthBps: 25 })).toBeNaN();
  });

  it('lies in [-1, 1]', () => {
    fc.assert(
      fc.property(arbitraryBook, fc.integer({ min: 5, max: 500 }), (any, depthBps) => {
        const imbalance = bookImbalance(any, { depthBps, decayBps: 20 });
        expect(Number.isNaN(imbalance) || Math.abs(imbalance) <= 1).toBe(true);
      }),
    );
  });

  it('changes sign, to the last digit, when the market is mirrored and distance is logarithmic', () => {
    // A half keeps levels on ticks off the band's edge, where the two books could round apart.
    const band = { depthBps: 40.5, scale: 'log' } as const;
    fc.assert(
      fc.property(arbitraryBook, (any) => {
        const imbalance = bookImbalance(any, band);
        expect(bookImbalance(mirrored(any), band)).toEqual(
          Number.isNaN(imbalance) ? Number.NaN : 0 - imbalance,
        );
      }),
    );
  });

  it.each([
    [{ depthBps: 0 }, 'depthBps must be finite and above 0, was 0'],
    [{ depthBps: Number.NaN }, 'depthBps must be finite and above 0, was NaN'],
    [{ depthBps: 25, decayBps: -1 }, 'decayBps must be finite and above 0, was -1'],
  ])('refuses %o', (options, message) => {
    expect(() => bookImbalance(BOOK, options)).toThrow(message);
  });
});

describe('bandCoverage', () => {
  it('is how far the shallower side reaches into the band', () => {
    expect(bandCoverage(BOOK, { depthBps: 100 })).toBe(1);
    expect(bandCoverage(BOOK, { depthBps: 200 })).toBeCloseTo(0.5, 12);
  });

  it('is NaN when a side is empty', () => {
    expect(bandCoverage(book([[100, 1]], []), { depthBps: 25 })).toBeNaN();
    expect(bandCoverage(book([], []), { depthBps: 25 })).toBeNaN();
  });
});

describe('bandDepth', () => {
  it('adds the base amounts of each side of the band', () => {
    expect(bandDepth(BOOK, { depthBps: 25 })).toEqual({ bids: 8, asks: 4 });
  });

  it('is NaN on both sides when one is empty', () => {
    expect(bandDepth(book([[100, 1]], []), { depthBps: 25 })).toEqual({
      bids: Number.NaN,
      asks: Number.NaN,
    });
  });
});

describe('notionalToMove', () => {
  it('is what stands in the way', () => {
    expect(notionalToMove(BOOK, 'buy', 25)).toBeCloseTo(100.1 + 3 * 100.25, 9);
    expect(notionalToMove(BOOK, 'sell', 25)).toBeCloseTo(3 * 99.9 + 5 * 99.75, 9);
  });

  it('is NaN when the snapshot ends before the band does', () => {
    expect(notionalToMove(BOOK, 'sell', 200)).toBeNaN();
    expect(notionalToMove(book([], [[100, 1]]), 'buy', 10)).toBeNaN();
  });
});
