import { describe, expect, it } from 'vitest';
import { takerBuyShare, tradedBetween } from '../../../src/analysis/microstructure/trade-flow.js';
import { TradeSeries } from '../../../src/market/trade-series.js';
import { touch } from './arbitrary-books.js';

const TRADES = TradeSeries.from([
  { time: 0, price: 100, amount: 8, side: 'buy' },
  { time: 1000, price: 100, amount: 3, side: 'buy' },
  { time: 1500, price: 100, amount: 1, side: 'sell' },
  { time: 3000, price: 100, amount: 4, side: 'sell' },
  { time: 3001, price: 100, amount: 9, side: 'buy' },
]);

describe('takerBuyShare', () => {
  it('is what takers bought over all that was traded', () => {
    expect(takerBuyShare(TRADES)).toBe(20 / 25);
    expect(takerBuyShare(TRADES.slice(2, 4))).toBe(0);
  });

  it('is NaN without trades', () => {
    expect(takerBuyShare(TradeSeries.from([]))).toBeNaN();
  });
});

describe('tradedBetween', () => {
  it('gives each trade to the step whose later book saw it', () => {
    const books = [0, 1000, 2000, 3000].map((time) => touch([99, 1, 101, 1], time));
    const { net, total } = tradedBetween(TRADES, books);
    expect([...net]).toEqual([3, -1, -4]);
    expect(total).toBe(8);
  });

  it('has no steps with fewer than two books', () => {
    expect(tradedBetween(TRADES, []).net).toHaveLength(0);
    expect(tradedBetween(TRADES, [touch([99, 1, 101, 1])]).total).toBe(0);
  });
});
