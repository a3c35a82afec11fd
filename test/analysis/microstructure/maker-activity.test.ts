import { describe, expect, it } from 'vitest';
import { makerActivity } from '../../../src/analysis/microstructure/maker-activity.js';
import { replenishment } from '../../../src/analysis/microstructure/replenishment.js';
import { OrderBook } from '../../../src/market/order-book.js';
import { TradeSeries } from '../../../src/market/trade-series.js';
import { book, touch } from './arbitrary-books.js';

type Touch = readonly [bid: number, bidAmount: number, ask: number, askAmount: number];

const everySecond = (touches: readonly Touch[]): OrderBook[] =>
  touches.map((levels, i) => touch(levels, i * 1000));

const STILL = everySecond(Array.from({ length: 30 }, (): Touch => [99.5, 10, 100.5, 10]));

describe('makerActivity', () => {
  it('says nothing from too few books, or from books of one moment', () => {
    expect(makerActivity(STILL.slice(1))).toBeUndefined();
    expect(makerActivity([STILL[0]], { minBooks: 2 })).toBeUndefined();
    expect(makerActivity([STILL[0], STILL[0]], { minBooks: 2 })).toBeUndefined();
    expect(makerActivity([])).toBeUndefined();
  });

  it('leaves books with an empty side out of the count', () => {
    const oneSided = OrderBook.from({ time: 5_000, bids: [[99, 1]], asks: [] });
    const books = [...STILL.slice(0, 6), oneSided, ...STILL.slice(6, 29)];
    expect(makerActivity(books)).toBeUndefined();
    expect(makerActivity(books, { minBooks: 29 })?.books).toBe(29);
  });

  it('reads a still book as still', () => {
    expect(makerActivity(STILL, { depthBps: 100 })).toEqual({
      books: 30,
      meanSpreadBps: 100,
      spreadVariation: 0,
      balancedShare: 1,
      replenishment: undefined,
      touchChangesPerSecond: 0,
      flowPerVolume: undefined,
      kyleLambda: undefined,
    });
  });

  it('weighs the spread by how long it stood', () => {
    const books = [
      touch([99.5, 1, 100.5, 1], 0),
      touch([99, 1, 101, 1], 3_000),
      touch([99, 1, 101, 1], 4_000),
    ];
    const activity = makerActivity(books, { minBooks: 3 });
    expect(activity?.meanSpreadBps).toBeCloseTo((3 * 100 + 200) / 4, 9);
    const deviation = Math.sqrt((3 * 25 ** 2 + 75 ** 2) / 4);
    expect(activity?.spreadVariation).toBeCloseTo(deviation / 125, 9);
    expect(activity?.touchChangesPerSecond).toBe(1 / 4);
  });

  it('counts the time in which both sides of the band hold alike', () => {
    const books = [
      touch([99.9, 1, 100.1, 2], 0),
      touch([99.9, 1, 100.1, 2.5], 1_000),
      touch([99, 1, 101, 1], 4_000),
      touch([99, 1, 101, 1], 5_000),
    ];
    expect(makerActivity(books, { minBooks: 3, depthBps: 20 })?.balancedShare).toBe(1 / 5);
  });

  it('relates flow and moves to the volume that takers traded', () => {
    const mids = [100, 101, 101, 99, 100];
    const books = mids.map((mid, i) => touch([mid - 0.5, 1, mid + 0.5, 1], i * 1000));
    const moves = mids.slice(1).map((mid, i) => 1e4 * Math.log(mid / mids[i]));
    const trades = TradeSeries.from(
      moves.flatMap((move, i) =>
        move === 0
          ? []
          : [
              {
                time: i * 1000 + 500,
                price: 100,
                amount: Math.abs(move) / 20,
                side: move > 0 ? ('buy' as const) : ('sell' as const),
              },
            ],
      ),
    );
    const activity = makerActivity(books, { minBooks: 5, trades });
    expect(activity?.kyleLambda).toBeCloseTo(20, 9);
    // Up one step, down two, up one: the rises and falls of the touch bring +2, -2 and +2.
    const volume = moves.reduce((sum, move) => sum + Math.abs(move) / 20, 0);
    expect(activity?.flowPerVolume).toBeCloseTo(2 / volume, 9);
  });

  it.each([
    [{ minBooks: 1 }, 'minBooks must be an integer >= 2, was 1'],
    [{ healWithinMs: -1 }, 'healWithinMs must be finite and not negative, was -1'],
    [{ depthBps: 0 }, 'depthBps must be finite and above 0, was 0'],
  ])('refuses %o', (options, message) => {
    expect(() => makerActivity(STILL, options)).toThrow(message);
  });

  it('refuses books that run backwards', () => {
    expect(() => makerActivity(STILL.toReversed())).toThrow('books must be oldest first');
  });
});

describe('replenishment', () => {
  it('is the share of a depleted touch that came back in time', () => {
    const books = everySecond([
      [99, 10, 101, 5],
      [99, 2, 101, 5],
      [99, 6, 101, 5],
      [99, 10, 101, 5],
    ]);
    expect(replenishment(books, 1_000)).toBe(0.5);
    expect(replenishment(books, 2_000)).toBe(1);
  });

  it('counts a retreat as a loss and a better price as healing', () => {
    const asks = [[101, 4]] as const;
    const books = [
      OrderBook.from({ time: 0, bids: [[99, 10]], asks }),
      OrderBook.from({ time: 1_000, bids: [[98, 10]], asks }),
      OrderBook.from({
        time: 2_000,
        bids: [
          [99.5, 3],
          [98, 10],
        ],
        asks,
      }),
      OrderBook.from({
        time: 3_000,
        bids: [
          [99.5, 3],
          [98, 10],
        ],
        asks,
      }),
    ];
    expect(replenishment(books, 1_000)).toBe(0.3);
  });

  it('leaves out losses of less than half, and those whose aftermath is unknown', () => {
    expect(
      replenishment(
        everySecond([
          [99, 10, 101, 4],
          [99, 6, 101, 4],
          [99, 10, 101, 4],
        ]),
        1_000,
      ),
    ).toBeUndefined();
    expect(
      replenishment(
        everySecond([
          [99, 10, 101, 4],
          [99, 1, 101, 4],
        ]),
        1_000,
      ),
    ).toBeUndefined();
    expect(replenishment([book([[99, 1]], [[101, 1]])], 1_000)).toBeUndefined();
  });
});
