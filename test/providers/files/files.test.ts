import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { filesProvider } from '../../../src/providers/files.js';
import { filesProviderByName } from '../../../src/providers/files-by-name.js';
import { withCandleFolder } from './candle-folder.js';

const HEADER = 'timestamp,open,high,low,close,volume';
const START = Date.UTC(2024, 0, 1);
const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;

/** Five-minute candles from 2024-01-01 on, one per close; the volume is the row's number. */
function csv(closes: readonly (number | string)[], start = START): string {
  const rows = closes.map(
    (close, i) => `${start + i * FIVE_MINUTES},${close},${close},${close},${close},${i}`,
  );
  return [HEADER, ...rows].join('\n');
}

const DAY_OF_CLOSES = Array.from({ length: 400 }, (_, i) => 100 + i);

describe('filesProvider', () => {
  it.each([
    ['BTC-USDT-5m.csv', csv([1, 2, 3])],
    ['BTC-USDT-5m.csv', `${csv([1, 2, 3])}\n`],
    ['BTC-USDT-5m.csv', `\uFEFF${csv([1, 2, 3]).replaceAll('\n', '\r\n')}\r\n`],
    ['BTC-USDT-5m.csv.gz', gzipSync(csv([1, 2, 3]))],
    [
      'BTC-USDT-5m.ndjson',
      `[${START},1,1,1,1,0]\n[${START + FIVE_MINUTES},2,2,2,2,1]\n{"timestamp":${START + 2 * FIVE_MINUTES},"open":3,"high":3,"low":3,"close":3,"volume":2}\n`,
    ],
  ])('reads %s', async (name, content) => {
    await withCandleFolder({ [name]: content }, async (folder) => {
      const candles = await filesProvider(folder).fetchCandles('BTC/USDT', '5m', 10);
      expect([...candles.close]).toEqual([1, 2, 3]);
      expect([...candles.volume]).toEqual([0, 1, 2]);
    });
  });

  it('reads every decimal to the double nearest to it', async () => {
    const number = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 20n }), fc.nat(20), fc.constantFrom('', 'e-3', 'E2'))
      .map(([digits, places, exponent]) => {
        const text = digits.toString().padStart(places + 1, '0');
        const point = text.length - places;
        return `${text.slice(0, point)}${places > 0 ? `.${text.slice(point)}` : ''}${exponent}`;
      });
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1 }), async (closes) => {
        await withCandleFolder({ 'BTC-USDT-5m.csv': csv(closes) }, async (folder) => {
          const candles = await filesProvider(folder).fetchCandles('BTC/USDT', '5m', closes.length);
          expect([...candles.close]).toEqual(closes.map(Number));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('names perpetuals by their settlement currency', async () => {
    await withCandleFolder({ 'BTC-USDT-USDT-5m.csv': csv([1]) }, async (folder) => {
      expect(await filesProvider(folder).fetchMarkets()).toMatchObject([
        { symbol: 'BTC/USDT:USDT', base: 'BTC', quote: 'USDT', takerFeeBps: 5 },
      ]);
    });
  });

  it('takes a whole folder for perpetuals when told so, by option or by name', async () => {
    await withCandleFolder({ 'BTC-USDT-5m.csv': csv([1]) }, async (folder) => {
      const read = async (provider: DataProvider) => {
        const [{ symbol, takerFeeBps }] = await provider.fetchMarkets();
        const { length } = await provider.fetchCandles(symbol, '5m', 9);
        return [symbol, takerFeeBps, length];
      };
      const [spot, swap] = [
        ['BTC/USDT', 10, 1],
        ['BTC/USDT:USDT', 5, 1],
      ];
      expect(await read(filesProvider(folder))).toEqual(spot);
      expect(await read(filesProvider(folder, { marketType: 'swap' }))).toEqual(swap);
      expect(await read(filesProviderByName(`${folder}:swap`))).toEqual(swap);
      expect(await read(filesProviderByName(`${folder}:spot`))).toEqual(spot);
      expect(await read(filesProviderByName(folder))).toEqual(spot);
    });
  });

  it('folds longer timeframes from the shortest and refuses what it cannot build', async () => {
    await withCandleFolder({ 'BTC-USDT-5m.csv': csv(DAY_OF_CLOSES) }, async (folder) => {
      const provider = filesProvider(folder);
      const hours = await provider.fetchCandles('BTC/USDT', '1h', 2, { asOf: START + 3 * HOUR });
      expect([...hours]).toEqual([
        { time: START + HOUR, open: 112, high: 123, low: 112, close: 123, volume: 210 },
        { time: START + 2 * HOUR, open: 124, high: 135, low: 124, close: 135, volume: 354 },
      ]);
      await expect(provider.fetchCandles('BTC/USDT', '1m', 2)).rejects.toMatchObject({
        code: 'unsupported',
        message: 'candles of 1m cannot be made from candles of 5m',
      });
    });
  });

  it('uses a longer file only where the shortest does not divide it', async () => {
    const other = csv([7]);
    const files = { 'BTC-USDT-3m.csv': other, 'BTC-USDT-5m.csv': other, 'BTC-USDT-15m.csv': 'bad' };
    await withCandleFolder(files, async (folder) => {
      const provider = filesProvider(folder);
      const asOf = START + HOUR;
      expect(await provider.fetchCandles('BTC/USDT', '5m', 9, { asOf })).toHaveLength(1);
      expect(await provider.fetchCandles('BTC/USDT', '15m', 9, { asOf })).toHaveLength(1);
    });
  });

  it('shows a candle from the moment it closes, of every timeframe', async () => {
    await withCandleFolder({ 'BTC-USDT-5m.csv': csv(DAY_OF_CLOSES) }, async (folder) => {
      const provider = filesProvider(folder, { now: START + HOUR });
      const newest = async (timeframe: '5m' | '1h', asOf?: number) =>
        (await provider.fetchCandles('BTC/USDT', timeframe, 1, { asOf })).at(-1)?.time;
      expect(await newest('5m')).toBe(START + HOUR - FIVE_MINUTES);
      expect(await newest('1h')).toBe(START);
      expect(await newest('1h', START + 2 * HOUR - 1)).toBe(START);
      expect(await newest('1h', START + 2 * HOUR)).toBe(START + HOUR);
    });
  });

  it('stands at the end of the newest data unless told otherwise', async () => {
    const files = {
      'BTC-USDT-5m.csv': csv([1, 2]),
      'ETH-USDT-5m.csv': csv([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    };
    await withCandleFolder(files, async (folder) => {
      const provider = filesProvider(folder);
      expect(await provider.fetchCandles('ETH/USDT', '1h', 9)).toHaveLength(1);
      expect(await provider.fetchTickers(['BTC/USDT'])).toMatchObject([
        { last: 2, time: START + 2 * FIVE_MINUTES },
      ]);
    });
  });

  it('sums up the last 24 hours in the ticker', async () => {
    await withCandleFolder({ 'BTC-USDT-5m.csv': csv(DAY_OF_CLOSES) }, async (folder) => {
      const [ticker] = await filesProvider(folder).fetchTickers(['BTC/USDT']);
      const lastDay = DAY_OF_CLOSES.slice(-288);
      expect(ticker).toEqual({
        symbol: 'BTC/USDT',
        time: START + 400 * FIVE_MINUTES,
        last: 499,
        bid: undefined,
        ask: undefined,
        quoteVolume24h: expect.closeTo(
          lastDay.reduce((sum, close) => sum + close * (close - 100), 0),
          3,
        ),
        change24h: 499 / 211 - 1,
      });
    });
  });

  it('has no volume and no change where the candles have none', async () => {
    const silent = [HEADER, `${START},1,1,1,1,0`].join('\n');
    await withCandleFolder({ 'USD-JPY-5m.csv': silent }, async (folder) => {
      expect(await filesProvider(folder).fetchTickers(['USD/JPY'])).toMatchObject([
        { quoteVolume24h: undefined, change24h: undefined },
      ]);
    });
  });

  it('infers price steps from nothing later than the moment asked for', async () => {
    await withCandleFolder(
      { 'BTC-USDT-5m.csv': csv([100, '100.50', 100.5, '1e2', 100.125]) },
      async (folder) => {
        const provider = filesProvider(folder);
        const stepAt = async (candles: number) =>
          (await provider.fetchMarkets({ asOf: START + candles * FIVE_MINUTES }))[0]?.tickSize;
        expect(await stepAt(0)).toBeUndefined();
        expect(await stepAt(1)).toBe(1);
        expect(await stepAt(2)).toBe(0.1);
        expect(await stepAt(4)).toBe(0.1);
        expect(await stepAt(5)).toBe(0.001);
      },
    );
  });

  it('reads a file once, however often it is asked', async () => {
    await withCandleFolder({ 'BTC-USDT-5m.csv': csv(DAY_OF_CLOSES) }, async (folder) => {
      const provider = filesProvider(folder);
      const [a, b] = await Promise.all([
        provider.fetchCandles('BTC/USDT', '1h', 100),
        provider.fetchCandles('BTC/USDT', '1h', 100),
      ]);
      expect(a.close.buffer).toBe(b.close.buffer);
    });
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a limit of %d', async (limit) => {
    await withCandleFolder({ 'BTC-USDT-5m.csv': csv([1]) }, async (folder) => {
      await expect(
        filesProvider(folder).fetchCandles('BTC/USDT', '5m', limit),
      ).rejects.toMatchObject({
        code: 'config',
        message: `limit must be an integer >= 1, was ${limit}`,
      });
    });
  });

  it('has neither order books nor trades', () => {
    const provider = filesProvider('anywhere');
    expect([provider.fetchOrderBook, provider.fetchTrades]).toEqual([undefined, undefined]);
  });
});
