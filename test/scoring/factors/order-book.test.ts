import { describe, expect, it } from 'vitest';
import { OrderBook } from '../../../src/market/order-book.js';
import { sentence } from '../../../src/scoring/factor.js';
import { orderBookFactor } from '../../../src/scoring/factors/order-book.js';
import { input } from './readings.js';

type Levels = readonly (readonly [bps: number, amount: number])[];

function read(bids: Levels, asks: Levels, age = 0) {
  const orderBook = OrderBook.from({
    time: -age,
    bids: bids.map(([bps, amount]) => [100 * Math.exp(-bps * 1e-4), amount]),
    asks: asks.map(([bps, amount]) => [100 * Math.exp(bps * 1e-4), amount]),
  });
  return orderBookFactor.evaluate(input({ orderBook }));
}

const EVEN: Levels = [
  [1, 5],
  [10, 5],
  [20, 5],
  [30, 5],
];

describe('orderBookFactor', () => {
  it('weighs near levels more than far ones, and none outside 25 bps', () => {
    const heavyNear = read([[1, 25], ...EVEN.slice(1)], EVEN);
    const heavyFar = read([...EVEN.slice(0, 2), [20, 25], [30, 5]], EVEN);
    const heavyOutside = read([...EVEN.slice(0, 3), [30, 1e9]], EVEN);
    const [near, middle, far] = [1, 10, 20].map((bps) => Math.exp(-bps / 10));
    const even = 5 * (near + middle + far);
    expect(heavyNear?.bias).toBeCloseTo((20 * near) / (2 * even + 20 * near), 9);
    expect(heavyFar?.bias).toBeCloseTo((20 * far) / (2 * even + 20 * far), 9);
    expect(heavyOutside?.bias).toBeCloseTo(0, 12);
    expect(heavyNear?.coverage).toBe(1);
  });

  it('never speaks with more than half a voice, and with less over a wide spread or an old book', () => {
    const wide: Levels = EVEN.map(([bps, amount]) => [bps + 9, amount]);
    const tight = read(EVEN, EVEN)?.confidence ?? 0;
    expect(tight).toBeCloseTo(0.5 / 1.1, 6);
    expect(read(wide.slice(0, 3), wide.slice(0, 3))?.confidence).toBeUndefined();
    expect(read(EVEN, [[9, 5], ...EVEN.slice(1)])?.confidence).toBeCloseTo(0.5 / 1.5, 4);
    expect(read(EVEN, EVEN, 30_000)?.confidence).toBeCloseTo(tight / 2, 9);
    expect(read(EVEN, EVEN, -500)?.confidence).toBe(tight);
  });

  it('compares only what both sides of a shallow snapshot show, and says how little that is', () => {
    const shallow: Levels = [
      [0.5, 5],
      [1, 5],
      [2, 5],
    ];
    const found = read([...shallow, [8, 1e6]], shallow);
    expect(found?.bias).toBeCloseTo(0, 9);
    expect(found?.coverage).toBeCloseTo(0.2, 6);
  });

  it('abstains on a one-sided, locked or thin book', () => {
    expect(read(EVEN, [])).toBeUndefined();
    expect(read([], [])).toBeUndefined();
    expect(read([[0, 5], ...EVEN], [[0, 5], ...EVEN])).toBeUndefined();
    expect(read(EVEN.slice(0, 2), EVEN)).toBeUndefined();
  });

  it('says what it saw', () => {
    const found = read([[1, 25], ...EVEN.slice(1)], EVEN);
    expect(sentence(found?.reason ?? '')).toBe(
      'book imbalance +0.56 within 25.0 bps, spread 2.0 bps',
    );
  });
});
