import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Candle } from '../../src/market/candle-series.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { filesProvider } from '../../src/providers/files.js';
import { memoryProvider } from '../../src/providers/memory.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { checkDataProvider } from '../../src/testing/check-data-provider.js';
import { withCandleFolder } from '../providers/files/candle-folder.js';
import { hasShared, SHARED } from '../shared-data.js';

async function failures(provider: DataProvider): Promise<readonly string[]> {
  return (await checkDataProvider(provider)).failures;
}

describe('the contract of data providers', () => {
  it('is kept by the synthetic exchange', async () => {
    expect(await failures(syntheticProvider())).toEqual([]);
  });

  it('is kept by every odd market of the synthetic exchange', async () => {
    const provider = syntheticProvider();
    const symbols = (await provider.fetchMarkets()).map((market) => market.symbol);
    expect((await checkDataProvider(provider, { symbols })).failures).toEqual([]);
  });

  it('is kept by data in memory', async () => {
    expect(await failures(await rememberedExchange())).toEqual([]);
  });

  it('is kept by candles in files', async () => {
    const candles = await syntheticProvider().fetchCandles('BTC/USDT', '5m', 700);
    const rows = Array.from(candles, (candle) => Object.values(candle).join());
    const csv = ['timestamp,open,high,low,close,volume', ...rows].join('\n');
    await withCandleFolder({ 'BTC-USDT-5m.csv': csv }, async (folder) => {
      expect(await failures(filesProvider(folder))).toEqual([]);
    });
  });

  it.skipIf(!hasShared).each(['binance', 'binance-2021', 'binanceusdm', 'fxcm', 'cme'])(
    'is kept by real candles of %s (skipped without ../shared)',
    async (venue) => {
      expect(
        await failures(filesProvider(fileURLToPath(new URL(`data/ohlcv/${venue}`, SHARED)))),
      ).toEqual([]);
    },
  );
});

async function rememberedExchange(): Promise<DataProvider> {
  const exchange = syntheticProvider();
  const now = exchange.now();
  const markets = (await exchange.fetchMarkets()).slice(0, 3);
  const collect = async <T>(fetch: (symbol: string) => Promise<T>): Promise<Record<string, T>> =>
    Object.fromEntries(
      await Promise.all(markets.map(async ({ symbol }) => [symbol, await fetch(symbol)])),
    );
  return memoryProvider({
    markets,
    now,
    candles: await collect(async (symbol) => ({
      '1m': [...(await exchange.fetchCandles(symbol, '1m', 1500))] satisfies Candle[],
    })),
    tickers: await exchange.fetchTickers(markets.map((market) => market.symbol)),
    orderBooks: await collect((symbol) => exchange.fetchOrderBook(symbol, 50)),
    trades: await collect((symbol) => exchange.fetchTrades(symbol, 5000)),
  });
}
