import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slippageBps, walkBook } from '../../../src/analysis/microstructure/slippage.js';
import { arbitraryBook, book, mirrored } from './arbitrary-books.js';

const BOOK = book(
  [
    [102, 10],
    [101, 10],
  ],
  [
    [104, 10],
    [105, 10],
  ],
);

describe('walkBook', () => {
  it('averages the levels it takes', () => {
    expect(walkBook(BOOK, 'buy', 15).averagePrice).toBeCloseTo(104.3333, 4);
    const { averagePrice, slippageBps: slippage, depthCostBps } = walkBook(BOOK, 'buy', 20);
    expect(averagePrice).toBe(104.5);
    expect(slippage).toBeCloseTo(145.63, 2);
    expect(depthCostBps).toBeCloseTo(48.08, 2);
  });

  it('returns what the book cannot fill', () => {
    expect(walkBook(BOOK, 'buy', 25)).toMatchObject({
      filled: 20,
      unfilled: 5,
      averagePrice: 104.5,
    });
  });

  it('takes bids for a sell, and counts a lower price as a cost', () => {
    const { averagePrice, slippageBps: slippage } = walkBook(BOOK, 'sell', 20);
    expect(averagePrice).toBe(101.5);
    expect(slippage).toBeCloseTo(((103 - 101.5) / 103) * 1e4, 9);
  });

  it('has no price for an order of nothing or an empty side', () => {
    expect(walkBook(BOOK, 'buy', 0)).toMatchObject({
      filled: 0,
      unfilled: 0,
      averagePrice: Number.NaN,
    });
    expect(walkBook(book([[102, 10]], []), 'buy', 5)).toEqual({
      averagePrice: Number.NaN,
      filled: 0,
      unfilled: 5,
      slippageBps: Number.NaN,
      depthCostBps: Number.NaN,
    });
  });

  it('knows the cost of depth but not of the spread when the other side is empty', () => {
    const { slippageBps: slippage, depthCostBps } = walkBook(book([], [[104, 10]]), 'buy', 5);
    expect(slippage).toBeNaN();
    expect(depthCostBps).toBe(0);
  });

  it('fills and leaves what was ordered, at a cost that never falls with the amount', () => {
    fc.assert(
      fc.property(
        arbitraryBook,
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 0, max: 4000 }),
        (any, side, amount, more) => {
          const small = walkBook(any, side, amount);
          const large = walkBook(any, side, amount + more);
          expect(small.filled + small.unfilled).toBe(amount);
          expect(large.depthCostBps).toBeGreaterThanOrEqual(small.depthCostBps - 1e-9);
          expect(small.slippageBps).toBeGreaterThanOrEqual(small.depthCostBps - 1e-9);
        },
      ),
    );
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses an amount of %s', (amount) => {
    expect(() => walkBook(BOOK, 'buy', amount)).toThrow(
      `amount must be finite and not negative, was ${amount}`,
    );
  });

  it('refuses a side that is neither buy nor sell', () => {
    expect(() => walkBook(BOOK, 'long' as 'buy', 1)).toThrow(
      `side must be 'buy' or 'sell', was "long"`,
    );
  });
});

describe('slippageBps', () => {
  it('is the cost of the amount that the notional buys', () => {
    expect(slippageBps(BOOK, 'buy', 2090)).toBeCloseTo(145.63, 2);
    expect(slippageBps(BOOK, 'buy', 1040)).toBeCloseTo((1 / 103) * 1e4, 9);
    expect(slippageBps(BOOK, 'sell', 2030)).toBeCloseTo((1.5 / 103) * 1e4, 9);
  });

  it('is infinite when the book is too thin, and NaN without a mid price', () => {
    expect(slippageBps(BOOK, 'buy', 2091)).toBe(Number.POSITIVE_INFINITY);
    expect(slippageBps(book([[102, 10]], []), 'buy', 1)).toBe(Number.POSITIVE_INFINITY);
    expect(slippageBps(book([[102, 10]], []), 'sell', 1)).toBeNaN();
    expect(slippageBps(BOOK, 'buy', 0)).toBeNaN();
  });

  it('agrees with walking the amount', () => {
    fc.assert(
      fc.property(arbitraryBook, fc.integer({ min: 1, max: 500 }), (any, amount) => {
        const { averagePrice, filled, slippageBps: walked } = walkBook(any, 'sell', amount);
        fc.pre(filled === amount);
        // A hair less, so that rounding never asks for more than the book holds.
        const bps = slippageBps(any, 'sell', averagePrice * filled * (1 - 1e-12));
        expect(bps).toBeCloseTo(walked, 6);
      }),
    );
  });

  it('costs a buyer in the mirrored market what it costs a seller in this one, to first order', () => {
    fc.assert(
      fc.property(arbitraryBook, fc.integer({ min: 1, max: 100 }), (any, amount) => {
        const sold = walkBook(any, 'sell', amount);
        const bought = walkBook(mirrored(any), 'buy', amount);
        expect(bought.filled).toBe(sold.filled);
        expect(bought.depthCostBps / 1e4).toBeCloseTo(sold.depthCostBps / 1e4, 2);
      }),
    );
  });

  it.each([-1, Number.NaN])('refuses a notional of %s', (notional) => {
    expect(() => slippageBps(BOOK, 'buy', notional)).toThrow(
      `notional must be finite and not negative, was ${notional}`,
    );
  });
});
