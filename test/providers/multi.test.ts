import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { multiProvider } from '../../src/providers/multi.js';
import { passThrough } from '../../src/providers/pass-through.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { checkDataProvider } from '../../src/testing/check-data-provider.js';
import { VirtualTimers } from '../parallel/virtual-timers.js';

const here = (): DataProvider => syntheticProvider({ seed: 1, symbols: 5 });
const there = (): DataProvider => syntheticProvider({ seed: 2, symbols: 5 });

/** A provider that is out of reach for the questions of these names. */
function down(inner: DataProvider, methods: readonly (keyof DataProvider)[]): DataProvider {
  const fail = async (): Promise<never> => {
    throw new ScannerError('network', 'connection refused');
  };
  return { ...passThrough(inner), ...Object.fromEntries(methods.map((name) => [name, fail])) };
}

const EVERYTHING = [
  'fetchTime',
  'fetchMarkets',
  'fetchTickers',
  'fetchCandles',
  'fetchOrderBook',
  'fetchTrades',
] as const;

function scan(provider: DataProvider, symbols?: readonly string[]): Promise<ScanReport> {
  const config = { minChange24h: 0, minScore: 0.01 };
  return new EnhancedMarketScanner({ provider, config }).scan({ symbols });
}

function ofVenue(report: ScanReport, venue: string): string {
  const its = ({ symbol }: { readonly symbol: string }): boolean => symbol.startsWith(`${venue}:`);
  return JSON.stringify([report.signals.filter(its), report.rejections.filter(its)]);
}

describe('several providers as one', () => {
  test('keep the contract of a provider', async () => {
    const provider = multiProvider({ here: here(), there: there() });
    expect((await checkDataProvider(provider)).failures).toEqual([]);
  });

  test('spell every symbol with its venue, also where symbols have colons of their own', async () => {
    const perpetual = { ...passThrough(here()), fetchCandles: here().fetchCandles };
    const asked: string[] = [];
    const provider = multiProvider({
      a: here(),
      b: {
        ...perpetual,
        fetchMarkets: async () => [
          { ...(await here().fetchMarkets())[0], symbol: 'BTC/USDT:USDT' },
        ],
        fetchCandles: (symbol, ...rest) => {
          asked.push(symbol);
          return here().fetchCandles('BTC/USDT', ...rest);
        },
      },
    });
    const symbols = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
    expect(symbols.filter((symbol) => symbol.startsWith('b:'))).toEqual(['b:BTC/USDT:USDT']);
    await provider.fetchCandles('b:BTC/USDT:USDT', '1m', 1);
    expect(asked).toEqual(['BTC/USDT:USDT']);
  });

  test.each(['BTC/USDT', 'nowhere:BTC/USDT', '__proto__:BTC/USDT'])(
    'know no %s',
    async (symbol) => {
      const provider = multiProvider({ here: here() });
      await expect(provider.fetchCandles(symbol, '1m', 1)).rejects.toMatchObject({
        code: 'unknown_symbol',
        symbol,
      });
      expect(await provider.fetchTickers([symbol])).toEqual([]);
    },
  );

  test.each([[EVERYTHING], [['fetchTickers']], [['fetchCandles']]] as const)(
    'lose nothing of one when the other is down at %s',
    async (methods) => {
      const whole = await scan(multiProvider({ here: here(), there: there() }));
      const provider = multiProvider({ here: here(), there: down(there(), methods) });
      const report = await scan(provider);
      expect(ofVenue(report, 'here') === ofVenue(whole, 'here')).toBe(true);
      expect(report.failures.every(({ symbol }) => symbol.startsWith('there:'))).toBe(true);
    },
  );

  test('tell what a stream has told, of the venue that has streams', () => {
    const stretch = { from: 1, until: 2 };
    const streamedStretch = (symbol: string) => (symbol === 'A' ? stretch : undefined);
    const provider = multiProvider({ here: here(), there: { ...here(), streamedStretch } });
    expect(provider.streamedStretch?.('there:A', '1m')).toBe(stretch);
    expect(provider.streamedStretch?.('here:A', '1m')).toBeUndefined();
    expect(multiProvider({ here: here() }).streamedStretch).toBeUndefined();
  });

  test('remember the markets of a venue that went down, so that its symbols say why they failed', async () => {
    let isDown = false;
    const venue = there();
    const broken = down(venue, EVERYTHING);
    const failing = new Proxy(venue, {
      get: (target, name: keyof DataProvider) =>
        isDown ? broken[name] : (target[name] as (() => unknown) | undefined)?.bind?.(target),
    });
    const provider = multiProvider({ here: here(), there: failing });
    const scanner = new EnhancedMarketScanner({ provider, config: { minChange24h: 0 } });
    await scanner.scan();
    isDown = true;
    expect(await provider.fetchMarkets()).toHaveLength(10);
    const { failures } = await scanner.scan();
    expect(failures).toHaveLength(5);
    expect(new Set(failures.map(({ error }) => error.code))).toEqual(new Set(['network']));
  });

  test('do not wait for one that hangs longer than once, and tell its markets when they come', async () => {
    const timers = new VirtualTimers();
    let answer: () => void = () => {};
    const asked: string[] = [];
    const hung: DataProvider = {
      ...passThrough(there()),
      fetchMarkets: async () => {
        asked.push('markets');
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return there().fetchMarkets();
      },
      fetchTickers: async (symbols) => {
        asked.push('tickers');
        return there().fetchTickers(symbols);
      },
    };
    const provider = multiProvider({ here: here(), there: hung }, { timeoutMs: 1_000, timers });
    const first = provider.fetchMarkets();
    await timers.advance(1_000);
    expect(await first).toHaveLength(5);
    const symbols = ['here:BTC/USDT', 'there:BTC/USDT'];
    expect((await provider.fetchTickers(symbols)).map(({ symbol }) => symbol)).toEqual([
      'here:BTC/USDT',
    ]);
    expect(asked).toEqual(['markets']);
    answer();
    await timers.advance(1);
    expect(await provider.fetchTickers(symbols)).toHaveLength(2);
    const second = provider.fetchMarkets();
    await timers.advance(1_000);
    expect(await second).toHaveLength(10);
    await timers.advance(60_000);
    // Given up on, it is asked once more, and nobody waits.
    expect(await provider.fetchMarkets()).toHaveLength(10);
    expect(asked).toEqual(['markets', 'tickers', 'markets', 'markets']);
    answer();
    await timers.advance(0);
    expect(await provider.fetchTickers(symbols)).toHaveLength(2);
    expect(timers.pending).toBe(0);
  });

  test('wait once for one that fails late each time, and ask it on until it is back', async () => {
    const timers = new VirtualTimers();
    let isDown = true;
    const slow = <T>(answer: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) =>
        timers.after(isDown ? 8_000 : 10, () => {
          if (isDown) reject(new ScannerError('timeout', 'no answer within 8000 ms'));
          else answer().then(resolve, reject);
        }),
      );
    const failing: DataProvider = {
      ...passThrough(there()),
      fetchMarkets: () => slow(() => there().fetchMarkets()),
    };
    const provider = multiProvider({ here: here(), there: failing }, { timers });
    const waits: number[] = [];
    const counts: number[] = [];
    for (let scan = 0; scan < 6; scan++) {
      const begun = timers.elapsed();
      const asked = provider.fetchMarkets().then((markets) => {
        waits.push(timers.elapsed() - begun);
        counts.push(markets.length);
      });
      await timers.advance(30_000);
      await asked;
      if (scan === 3) isDown = false;
    }
    expect(waits).toEqual([5_000, 0, 0, 0, 0, 10]);
    expect(counts).toEqual([5, 5, 5, 5, 5, 10]);
  });

  test('are planned together: each lists its own, and the symbols are divided as they are listed', async () => {
    const planned = (markets: number): DataProvider => ({
      ...passThrough(syntheticProvider({ symbols: markets })),
      planRequests: (questions) =>
        questions.map(({ kind, times }) => ({
          kind,
          requests: times,
          charges: [{ limit: { name: `of ${markets}` } as never, weight: times }],
        })),
    });
    const provider = multiProvider({ a: planned(2), b: planned(8), c: here() });
    await provider.fetchMarkets();
    const plan = provider.planRequests?.(
      [
        { kind: 'tickers', times: 1 },
        { kind: 'candles', times: 14, rows: 300 },
      ],
      'first',
    );
    expect(plan?.map(({ kind, requests, charges }) => [kind, requests, charges.length])).toEqual([
      ['tickers', 1, 1],
      ['candles', 2, 1],
      ['tickers', 1, 1],
      ['candles', 7, 1],
      ['tickers', 1, 0],
      ['candles', 5, 0],
    ]);
    expect(multiProvider({ here: here() }).planRequests).toBeUndefined();
  });

  test('fail when all are down, as the first does', async () => {
    const provider = multiProvider({ a: down(here(), EVERYTHING), b: down(there(), EVERYTHING) });
    await expect(provider.fetchMarkets()).rejects.toMatchObject({ code: 'network' });
    expect((await scan(provider)).error?.code).toBe('network');
  });

  test('offer what one of them has, and call it unsupported at the others', async () => {
    const { fetchOrderBook: _, ...bookless } = passThrough(there());
    const provider = multiProvider({ here: here(), there: bookless });
    expect((await provider.fetchOrderBook?.('here:BTC/USDT', 5))?.bids.length).toBe(5);
    await expect(provider.fetchOrderBook?.('there:BTC/USDT', 5)).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(multiProvider({ there: bookless }).fetchOrderBook).toBeUndefined();
  });

  test.each(['', 'Bitget', 'a:b', '-x'])('refuse %j as the name of a venue', (name) => {
    expect(() => multiProvider({ [name]: here() })).toThrow(/venue/);
    expect(() => multiProvider({})).toThrow(/at least one venue/);
  });
});
