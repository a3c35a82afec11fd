import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liquidityGaps } from '../../../src/analysis/microstructure/liquidity-gaps.js';
import { arbitraryBook, book, mirrored } from './arbitrary-books.js';

const BOOK = book(
  [
    [99.99, 1],
    [99.97, 1],
    [99.9, 1],
    [98, 1],
  ],
  [
    [100.01, 1],
    [100.02, 1],
    [100.5, 1],
  ],
);

describe('liquidityGaps', () => {
  it('measures the first gap of each side in ticks and in basis points', () => {
    const { bids, asks } = liquidityGaps(BOOK, { depthBps: 5, tickSize: 0.01 });
    expect(bids.first?.ticks).toBe(2);
    expect(bids.first?.bps).toBeCloseTo(2, 9);
    expect(asks.first?.ticks).toBe(1);
    expect(asks.first?.bps).toBeCloseTo(1, 9);
  });

  it('finds the widest gap that begins in the band, its edge included', () => {
    const largest = (depthBps: number): (number | undefined)[] => {
      const { bids, asks } = liquidityGaps(BOOK, { depthBps, tickSize: 0.01 });
      return [bids.largest?.ticks, asks.largest?.ticks];
    };
    expect(largest(1)).toEqual([2, 1]);
    expect(largest(5)).toEqual([7, 48]);
    expect(largest(10)).toEqual([190, 48]);
  });

  it('has nothing to measure where a side has one level, and nowhere without a mid price', () => {
    const single = liquidityGaps(
      book(
        [[99, 1]],
        [
          [101, 1],
          [102, 1],
        ],
      ),
      { depthBps: 200, tickSize: 1 },
    );
    expect(single.bids).toEqual({ first: undefined, largest: undefined });
    expect(single.asks.first?.ticks).toBe(1);
    const oneSided = liquidityGaps(
      book(
        [],
        [
          [101, 1],
          [102, 1],
        ],
      ),
      { depthBps: 200, tickSize: 1 },
    );
    expect(oneSided.asks).toEqual({ first: undefined, largest: undefined });
  });

  it('swaps sides when the market is mirrored and distance is logarithmic', () => {
    const options = { depthBps: 1e4, tickSize: 1 / 64, scale: 'log' } as const;
    fc.assert(
      fc.property(arbitraryBook, (any) => {
        const { bids, asks } = liquidityGaps(any, options);
        const turned = liquidityGaps(mirrored(any), options);
        expect(turned.asks.first?.bps ?? -1).toBeCloseTo(bids.first?.bps ?? -1, 6);
        expect(turned.bids.largest?.bps ?? -1).toBeCloseTo(asks.largest?.bps ?? -1, 6);
      }),
    );
  });

  it.each([
    [{ depthBps: 5, tickSize: 0 }, 'tickSize must be finite and above 0, was 0'],
    [{ depthBps: -5, tickSize: 1 }, 'depthBps must be finite and above 0, was -5'],
  ])('refuses %o', (options, message) => {
    expect(() => liquidityGaps(BOOK, options)).toThrow(message);
  });
});
