import { describe, expect, it } from 'vitest';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import { STALLED_BODY } from '../../stand-in-exchange/misbehaviour.js';
import { TurnTimers } from '../../stand-in-exchange/turn-timers.js';
import { connect, NOW } from './ccxt-stand-in.js';

const CONFIG = { minQuoteVolume24h: 0, minChange24h: 0, maxSpreadBps: 10_000 };

describe('a scan over a real ccxt client', () => {
  it.each([
    ['bitget', { time: 1, contracts: 6, tickers: 1, candles: 150, 'merge-depth': 30, fills: 30 }],
    [
      'binanceusdm',
      { time: 1, exchangeInfo: 1, '24hr': 1, bookTicker: 1, klines: 150, depth: 30, aggTrades: 30 },
    ],
  ] as const)(
    'of 30 symbols on %s asks exactly what it must, within the limits of the exchange',
    async (exchange, counts) => {
      const timers = new TurnTimers();
      await using connected = await connect({ exchange, symbols: 30, timers });
      const { standIn, provider } = connected;
      const symbols = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
      const scanner = new EnhancedMarketScanner({
        ...{ provider, timers },
        config: { ...CONFIG, concurrency: 10, symbolTimeoutMs: 100_000, deadlineMs: 100_000 },
      });
      standIn.requests.length = 0;
      const report = await scanner.scan({ symbols });
      expect(report.failures).toEqual([]);
      expect(report.asOf).toBeGreaterThanOrEqual(NOW);
      const seen = Object.fromEntries(
        Object.keys(counts).map((part) => [part, standIn.count(part)]),
      );
      expect(seen).toEqual({ ...counts, time: 0 });
      expect(standIn.requests.every(({ status }) => status === 200)).toBe(true);
      expect(standIn.worstWindow).toBeLessThanOrEqual(1);
    },
  );

  it('ends though one symbol never answers, and says which', async () => {
    const timers = new TurnTimers();
    await using connected = await connect({ exchange: 'bitget', symbols: 3, timers });
    const scanner = new EnhancedMarketScanner({
      ...{ provider: connected.provider, timers },
      config: { ...CONFIG, timeframes: ['15m'] },
    });
    expect((await scanner.scan()).failures).toEqual([]);
    connected.standIn.misbehave('symbol=ETHUSDT', STALLED_BODY);
    const { failures } = await scanner.scan();
    expect(failures.map(({ symbol, error }) => [symbol, error.code])).toEqual([
      ['ETH/USDT:USDT', 'timeout'],
    ]);
  });

  it.each([-90_000, 90_000])(
    'goes by the clock of an exchange that is %i ms away',
    async (skewMs) => {
      const now = NOW + 30_000;
      await using connected = await connect({
        ...{ exchange: 'bitget', symbols: 2, now: () => now },
        provider: { clock: () => now - skewMs },
      });
      expect(await connected.provider.fetchTime?.()).toBe(now);
      const newest = await connected.provider.fetchCandles('BTC/USDT:USDT', '1m', 3);
      expect(newest.at(-1)?.time).toBe(NOW - 60_000);
    },
  );
});
