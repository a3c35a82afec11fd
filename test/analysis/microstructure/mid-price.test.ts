import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  geometricMid,
  midPrice,
  weightedMid,
} from '../../../src/analysis/microstructure/mid-price.js';
import { spread, spreadBps } from '../../../src/analysis/microstructure/spread.js';
import { arbitraryBook, book, mirrored } from './arbitrary-books.js';

const BOOK = book([[100, 30]], [[101, 10]]);
const ONE_SIDED = [book([[100, 30]], []), book([], [[101, 10]]), book([], [])];

describe('weightedMid', () => {
  it('leans from the heavy side toward the other', () => {
    expect(weightedMid(BOOK)).toBe(100.75);
  });

  it('lies between bid and ask, and mirrors with the book', () => {
    fc.assert(
      fc.property(arbitraryBook, (any) => {
        expect(weightedMid(any)).toBeGreaterThanOrEqual(any.bids.price[0]);
        expect(weightedMid(any)).toBeLessThanOrEqual(any.asks.price[0]);
        const share = (weightedMid(any) - any.bids.price[0]) / spread(any);
        const turned = mirrored(any);
        const other = (weightedMid(turned) - turned.bids.price[0]) / spread(turned);
        if (spread(any) > 0) expect(share + other).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe('midPrice and spread', () => {
  it('are the middle and the distance of the touch', () => {
    expect(midPrice(BOOK)).toBe(100.5);
    expect(spread(BOOK)).toBe(1);
    expect(spreadBps(BOOK)).toBeCloseTo(99.5024875621891, 10);
    expect(geometricMid(BOOK)).toBeCloseTo(Math.sqrt(10_100), 12);
  });

  it('agree on the price of a locked book', () => {
    const locked = book([[100, 1]], [[100, 3]]);
    expect([midPrice(locked), geometricMid(locked), weightedMid(locked)]).toEqual([100, 100, 100]);
    expect([spread(locked), spreadBps(locked)]).toEqual([0, 0]);
  });

  it.each(ONE_SIDED)('are NaN when a side is empty', (thin) => {
    for (const value of [midPrice, geometricMid, weightedMid, spread, spreadBps]) {
      expect(value(thin)).toBeNaN();
    }
  });
});
