import { describe, expect, it } from 'vitest';
import { CandleSeries } from '../../src/market/candle-series.js';
import type { Market } from '../../src/market/market.js';
import { OrderBook } from '../../src/market/order-book.js';
import { TradeSeries } from '../../src/market/trade-series.js';
import { memoryProvider } from '../../src/providers/memory.js';

const MINUTE = 60_000;
const START = Date.UTC(2024, 0, 1);

const BTC: Market = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  tickSize: 0.01,
  lotSize: 0.001,
  minNotional: 5,
  takerFeeBps: 10,
};
const ETH: Market = { ...BTC, symbol: 'ETH/USDT', base: 'ETH', listedAt: START + 3 * MINUTE };

function minutes(count: number): CandleSeries {
  return CandleSeries.from(
    Array.from({ length: count }, (_, i) => [
      START + i * MINUTE,
      10 + i,
      10 + i,
      10 + i,
      10 + i,
      2,
    ]),
  );
}

function bookAt(minute: number): OrderBook {
  return OrderBook.from({
    time: START + minute * MINUTE,
    bids: [
      [10 + minute, 1],
      [9 + minute, 2],
    ],
    asks: [
      [11 + minute, 1],
      [12 + minute, 2],
    ],
  });
}

describe('memoryProvider', () => {
  it('stands at the close of the newest candle unless told otherwise', async () => {
    const provider = memoryProvider({
      markets: [BTC],
      candles: { 'BTC/USDT': { '1m': minutes(5) } },
    });
    expect(await provider.fetchCandles('BTC/USDT', '5m', 9)).toHaveLength(1);
    expect(await provider.fetchTickers(['BTC/USDT'])).toEqual([
      {
        symbol: 'BTC/USDT',
        time: START + 5 * MINUTE,
        last: 14,
        bid: undefined,
        ask: undefined,
        quoteVolume24h: 120,
        change24h: undefined,
      },
    ]);
  });

  it('follows a clock', async () => {
    let now = START + MINUTE;
    const candles = { 'BTC/USDT': { '1m': minutes(5) } };
    const provider = memoryProvider({ markets: [BTC, ETH], candles, now: () => now });
    expect(await provider.fetchCandles('BTC/USDT', '1m', 9)).toHaveLength(1);
    expect(await provider.fetchMarkets()).toEqual([BTC]);
    now = START + 3 * MINUTE;
    expect(await provider.fetchCandles('BTC/USDT', '1m', 9)).toHaveLength(3);
    expect(await provider.fetchMarkets()).toEqual([BTC, ETH]);
  });

  it('serves a given ticker from its own time on, and a derived one before', async () => {
    const given = {
      symbol: 'BTC/USDT',
      time: START + 3 * MINUTE,
      last: 99,
      bid: 98,
      ask: 100,
      quoteVolume24h: 1,
      change24h: 0,
    };
    const provider = memoryProvider({
      markets: [BTC],
      candles: { 'BTC/USDT': { '1m': minutes(5) } },
      tickers: [given, { ...given, time: START + 9 * MINUTE, last: 1 }],
    });
    const lastAt = async (minute: number) =>
      (await provider.fetchTickers(['BTC/USDT'], { asOf: START + minute * MINUTE }))[0]?.last;
    expect(await lastAt(0)).toBeUndefined();
    expect(await lastAt(2)).toBe(11);
    expect(await lastAt(4)).toBe(99);
    expect(await lastAt(9)).toBe(1);
  });

  it('serves the newest order book there was, cut to the depth', async () => {
    const orderBooks = { 'BTC/USDT': [bookAt(4), bookAt(0), bookAt(2)] };
    const provider = memoryProvider({ markets: [BTC, ETH], orderBooks, now: START + 3 * MINUTE });
    const book = await provider.fetchOrderBook?.('BTC/USDT', 1);
    expect([book?.time, book?.bids.length, book?.asks.price[0]]).toEqual([
      START + 2 * MINUTE,
      1,
      13,
    ]);
    await expect(provider.fetchOrderBook?.('ETH/USDT', 1)).rejects.toMatchObject({
      code: 'insufficient_data',
      symbol: 'ETH/USDT',
    });
  });

  it('serves the newest trades there were', async () => {
    const trades = TradeSeries.from(
      [1, 2, 3].map((minute) => ({
        time: START + minute * MINUTE,
        price: minute,
        amount: 1,
        side: 'buy',
      })),
    );
    const provider = memoryProvider({
      markets: [BTC, ETH],
      trades: { 'BTC/USDT': trades },
      now: START + 2 * MINUTE,
    });
    expect([...((await provider.fetchTrades?.('BTC/USDT', 1))?.price ?? [])]).toEqual([2]);
    expect((await provider.fetchTrades?.('ETH/USDT', 1))?.length).toBe(0);
  });

  it('has books and trades only where they were given', () => {
    const provider = memoryProvider({ markets: [BTC] });
    expect(provider.fetchOrderBook).toBeUndefined();
    expect(provider.fetchTrades).toBeUndefined();
  });

  it('knows a market without candles, and no other', async () => {
    const provider = memoryProvider({ markets: [BTC] });
    expect(await provider.fetchCandles('BTC/USDT', '1m', 9)).toHaveLength(0);
    expect(await provider.fetchTickers(['BTC/USDT', 'XRP/USDT'])).toEqual([]);
    await expect(provider.fetchCandles('XRP/USDT', '1m', 9)).rejects.toMatchObject({
      code: 'unknown_symbol',
      message: 'memory has no market "XRP/USDT"',
    });
  });

  it('refuses data of a market that is not there, and candles that break a rule', () => {
    expect(() => memoryProvider({ markets: [BTC], candles: { 'XRP/USDT': {} } })).toThrow(
      'candles names "XRP/USDT", which is not a market',
    );
    const broken = { 'BTC/USDT': { '1m': [[START, 1, 1, 2, 1, 1] as const] } };
    expect(() => memoryProvider({ markets: [BTC], candles: broken })).toThrow(/^candle row 0: low/);
    const misnamed = { 'BTC/USDT': { '7m': [] } as object };
    expect(() => memoryProvider({ markets: [BTC], candles: misnamed })).toThrow(/"7m"$/);
  });

  it.each([Number.NaN, 1.5, Number.POSITIVE_INFINITY])('refuses %d as a moment', async (asOf) => {
    await expect(memoryProvider({ markets: [BTC] }).fetchMarkets({ asOf })).rejects.toMatchObject({
      code: 'config',
    });
  });
});
