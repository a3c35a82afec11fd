import { describe, expect, test } from 'vitest';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { cachedProvider } from '../../src/providers/cached.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { timeless } from './invariants.js';

const CONFIG = { timeframes: ['15m', '1h'], candleLimit: 100, concurrency: 6 } as const;

/** A source that counts the symbols being read at once and notes the depths it is asked for. */
function watched() {
  const source = syntheticProvider({ seed: 3, symbols: 24 });
  const seen = { atOnce: 0, most: 0, depths: new Set<number>(), limits: new Set<number>() };
  const provider: DataProvider = {
    id: source.id,
    fetchTime: () => source.fetchTime(),
    fetchMarkets: (options) => source.fetchMarkets(options),
    fetchTickers: (symbols, options) => source.fetchTickers(symbols, options),
    fetchCandles: (symbol, timeframe, limit, options) =>
      source.fetchCandles(symbol, timeframe, limit, options),
    async fetchOrderBook(symbol, depth, options) {
      seen.depths.add(depth);
      seen.most = Math.max(seen.most, ++seen.atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      seen.atOnce--;
      return source.fetchOrderBook(symbol, depth, options);
    },
    fetchTrades(symbol, limit, options) {
      seen.limits.add(limit);
      return source.fetchTrades(symbol, limit, options);
    },
  };
  return { provider, seen };
}

function symbolsIn({ signals, rejections, failures }: ScanReport): readonly string[] {
  return [...signals, ...rejections, ...failures].map(({ symbol }) => symbol).sort();
}

describe('a smaller workload', () => {
  test('asks for less at once and still scans every symbol, and says so until it is undone', async () => {
    const { provider, seen } = watched();
    await using scanner = new EnhancedMarketScanner({ provider, config: CONFIG });
    const whole = await scanner.scan();
    expect([whole.workload, scanner.health().reasons]).toEqual([undefined, []]);
    expect(seen.most).toBe(6);

    scanner.setWorkload({ orderBookDepth: 10, tradeLimit: 40, concurrency: 2 });
    Object.assign(seen, { most: 0, depths: new Set(), limits: new Set() });
    const reduced = await scanner.scan();
    expect(symbolsIn(reduced)).toEqual(symbolsIn(whole));
    expect([seen.most, [...seen.depths], [...seen.limits]]).toEqual([2, [10], [40]]);
    expect(reduced.workload).toEqual({ orderBookDepth: 10, tradeLimit: 40, concurrency: 2 });
    expect(scanner.health()).toMatchObject({
      status: 'degraded',
      reasons: [
        'the workload is not the configured one: 10 book levels, 40 trades, 2 symbols at once',
      ],
    });

    scanner.setWorkload(scanner.config);
    expect(timeless(await scanner.scan())).toBe(timeless(whole));
    expect(scanner.health().status).toBe('ok');
  });

  test('is refused where it is none, and the one before stays', async () => {
    await using scanner = new EnhancedMarketScanner({ ...watched(), config: CONFIG });
    expect(() => scanner.setWorkload({ concurrency: 0 })).toThrow(/concurrency.*was 0/);
    expect(scanner.workload.concurrency).toBe(6);
  });
});

describe('memory that is released', () => {
  test('is that of the cache behind the scanner, and the next scan finds the same', async () => {
    const provider = cachedProvider(syntheticProvider({ seed: 3, symbols: 24 }));
    await using scanner = new EnhancedMarketScanner({ provider, config: CONFIG });
    const before = await scanner.scan();
    expect(provider.statistics().bytes).toBeGreaterThan(0);
    scanner.releaseMemory();
    expect(provider.statistics()).toMatchObject({ bytes: 0, series: 0 });
    expect(timeless(await scanner.scan())).toBe(timeless(before));
    expect(provider.statistics().bytes).toBeGreaterThan(0);
  });
});

describe('an AI scorer that is to connect anew', () => {
  const provider = syntheticProvider({ seed: 3, symbols: 4 });
  const review = async () => new Map();

  test('is told so', async () => {
    let times = 0;
    const reconnect = async () => void times++;
    const aiScorer = { id: 'told', review, reconnect };
    await using scanner = new EnhancedMarketScanner({ provider, aiScorer });
    await scanner.reconnectAi();
    expect(times).toBe(1);
  });

  test('disturbs nothing when it cannot', async () => {
    const warnings: string[] = [];
    const quiet = () => {};
    const logger = {
      debug: quiet,
      info: quiet,
      error: quiet,
      warn: (m: string) => warnings.push(m),
    };
    const reconnect = () => Promise.reject(new Error('refused'));
    await using scanner = new EnhancedMarketScanner({
      provider,
      logger,
      aiScorer: { id: 'lost', review, reconnect },
    });
    await scanner.reconnectAi();
    expect(warnings).toEqual(['the AI scorer could not be reached again']);
    await using alone = new EnhancedMarketScanner({ provider });
    await alone.reconnectAi();
  });
});
