import fc from 'fast-check';
import { OrderBook } from '../../../src/market/order-book.js';

type Levels = readonly (readonly [price: number, amount: number])[];

/** A book taken at `time` 0. */
export function book(bids: Levels, asks: Levels): OrderBook {
  return OrderBook.from({ time: 0, bids, asks });
}

/** A book of which only the touch is known. */
export function touch(
  [bid, bidAmount, ask, askAmount]: readonly [number, number, number, number],
  time = 0,
): OrderBook {
  return OrderBook.from({ time, bids: [[bid, bidAmount]], asks: [[ask, askAmount]] });
}

/** The book of the market whose price is inverted about `centre`: bids become asks. */
export function mirrored({ time, bids, asks }: OrderBook, centre = 100): OrderBook {
  const turn = (side: OrderBook['bids']): [number, number][] =>
    Array.from(side.price, (price, i) => [(centre * centre) / price, side.amount[i]]);
  return OrderBook.from({ time, bids: turn(asks), asks: turn(bids) });
}

const side = fc.array(
  fc.record({ step: fc.integer({ min: 1, max: 8 }), amount: fc.integer({ min: 1, max: 500 }) }),
  { minLength: 1, maxLength: 20 },
);

/** Books around 100 on a tick of 1/64, both sides filled, sometimes locked. */
export const arbitraryBook: fc.Arbitrary<OrderBook> = fc
  .tuple(fc.integer({ min: 6000, max: 6800 }), fc.nat(6), side, side)
  .map(([bid, spread, bids, asks]) => {
    const levels = (start: number, sign: number, steps: typeof bids): [number, number][] => {
      let tick = start;
      return steps.map(({ step, amount }, i) => {
        if (i > 0) tick += sign * step;
        return [tick / 64, amount];
      });
    };
    return book(levels(bid, -1, bids), levels(bid + spread, 1, asks));
  });
