import { describe, expect, test } from 'vitest';
import { type Trade, TradeSeries } from '../../src/market/trade-series.js';

const TRADES: readonly Trade[] = [
  { time: 1, price: 100, amount: 2, side: 'buy' },
  { time: 1, price: 99, amount: 1, side: 'sell' },
  { time: 5, price: 101, amount: 3, side: 'buy' },
];

describe('TradeSeries', () => {
  test('keeps trades in columns, the taker side as a sign, and several at one time', () => {
    const trades = TradeSeries.from(TRADES);
    expect(trades.length).toBe(3);
    expect([...trades.side]).toEqual([1, -1, 1]);
    expect([...trades.price]).toEqual([100, 99, 101]);
  });

  test('slice() is a view over the same memory', () => {
    const trades = TradeSeries.from(TRADES);
    const tail = trades.slice(-1);
    expect([tail.length, tail.amount[0]]).toEqual([1, 3]);
    expect(tail.price.buffer).toBe(trades.price.buffer);
  });

  test.each<[string, Partial<Record<keyof Trade, unknown>>, string]>([
    ['a time that runs backwards', { time: 4 }, 'trade row 3: time must not fall below 5, was 4'],
    ['a price of zero', { price: 0 }, 'trade row 3: price must be finite and above 0, was 0'],
    ['an infinite amount', { amount: Infinity }, 'amount must be finite and above 0, was Infinity'],
    ['an unknown side', { side: 'hold' }, "side must be 'buy' or 'sell', was \"hold\""],
    ['a time in fractions', { time: 5.5 }, 'time must be whole epoch milliseconds, was 5.5'],
  ])('refuses %s, naming the row and the value', (_, change, message) => {
    const last = { time: 5, price: 1, amount: 1, side: 'buy', ...change } as Trade;
    expect(() => TradeSeries.from([...TRADES, last])).toThrow(message);
  });

  test('refuses what is no trade at all', () => {
    expect(() => TradeSeries.from([null as unknown as Trade])).toThrow(
      'trade row 0: a trade must be an object, was null',
    );
  });
});
