import { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { syntheticProvider } from '../../../src/providers/synthetic.js';
import { checkDataProvider } from '../../../src/testing/check-data-provider.js';
import { connect, NOW } from './ccxt-stand-in.js';

describe.each(['bitget', 'binanceusdm'] as const)('a provider over ccxt’s %s', (exchange) => {
  it('keeps the contract of data providers', async () => {
    await using connected = await connect({ exchange, now: () => NOW });
    const report = await checkDataProvider(connected.provider, {
      symbols: ['BTC/USDT:USDT'],
      timeframes: ['1m', '4h'],
    });
    expect(report.failures).toEqual([]);
    expect(connected.standIn.worstWindow).toBeLessThanOrEqual(1);
  });

  it('gives the numbers of the exchange', async () => {
    await using connected = await connect({ exchange, now: () => NOW });
    const { provider } = connected;
    const source = syntheticProvider({ symbols: 8 });
    const [symbol, own] = ['BTC/USDT:USDT', 'BTC/USDT'];
    const [market] = await provider.fetchMarkets();
    const [expected] = await source.fetchMarkets();
    expect(market).toMatchObject({
      symbol,
      base: 'BTC',
      quote: 'USDT',
      tickSize: expected.tickSize,
      lotSize: expected.lotSize,
      minNotional: expected.minNotional,
    });
    for (const timeframe of ['1m', '1h'] as const) {
      const candles = await provider.fetchCandles(symbol, timeframe, 50);
      expect([...candles]).toEqual([...(await source.fetchCandles(own, timeframe, 50))]);
    }
    const book = await provider.fetchOrderBook?.(symbol, 20);
    expect(book).toEqual(await source.fetchOrderBook(own, 20));
    const trades = await provider.fetchTrades?.(symbol, 30);
    expect(trades).toEqual(await source.fetchTrades(own, 30));
    const [ticker] = await provider.fetchTickers([symbol]);
    const [figures] = await source.fetchTickers([own]);
    expect(ticker).toMatchObject({
      symbol,
      time: NOW,
      last: figures.last,
      bid: figures.bid,
      ask: figures.ask,
    });
    expect(ticker.quoteVolume24h).toBeCloseTo(figures.quoteVolume24h ?? 0, 4);
    expect(ticker.change24h).toBeCloseTo(figures.change24h ?? 0, 9);
  });

  it('opens no socket to anywhere but the address it was given', async () => {
    const connections = vi.spyOn(Socket.prototype, 'connect');
    await using connected = await connect({ exchange, now: () => NOW });
    await connected.provider.fetchCandles('BTC/USDT:USDT', '5m', 10);
    const hosts = connections.mock.calls.map((args) => JSON.stringify(args));
    connections.mockRestore();
    expect(hosts.length).toBeGreaterThan(0);
    expect(hosts.filter((args) => !args.includes('127.0.0.1'))).toEqual([]);
  });
});
