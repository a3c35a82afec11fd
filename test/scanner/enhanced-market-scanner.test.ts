import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { sleep } from '../../src/parallel/deadline.js';
import type { AiScorer } from '../../src/ports/ai-scorer.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import type { ScannerConfigInput } from '../../src/scanner/config.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScannerOptions } from '../../src/scanner/scanner-options.js';
import { defineFactor } from '../../src/scoring/factor.js';
import { defaultFactors } from '../../src/scoring/factors/default-factors.js';
import type { MarketSignal } from '../../src/scoring/signal.js';
import { settle, VirtualTimers } from '../parallel/virtual-timers.js';
import { expectSound, timeless } from './invariants.js';
import { END, inventMarket, provide, SETTINGS } from './invented-market.js';

const SYMBOLS = ['A/USDT', 'B/USDT', 'C/USDT', 'D/USDT', 'E/USDT', 'F/USDT'];

function provider(): DataProvider {
  return provide(SYMBOLS.map((symbol, i) => inventMarket(symbol, 40 + i)));
}

/** The invented provider with some of its calls replaced. */
function providerWith(change: (honest: DataProvider) => Partial<DataProvider>): DataProvider {
  const honest = provider();
  return { ...honest, ...change(honest) };
}

function scannerOf(
  options: Partial<ScannerOptions> = {},
  config: ScannerConfigInput = {},
): EnhancedMarketScanner {
  return new EnhancedMarketScanner({
    provider: provider(),
    clock: () => END,
    ...options,
    config: { ...SETTINGS, ...config },
  });
}

const never = (): Promise<never> => new Promise(() => {});

describe('scan', () => {
  test('puts every symbol of the synthetic exchange into one place', async () => {
    const source = syntheticProvider({ seed: 1, symbols: 24 });
    await using scanner = new EnhancedMarketScanner({ provider: source });
    const report = await scanner.scan();
    expectSound(
      report,
      (await source.fetchMarkets()).map(({ symbol }) => symbol),
    );
    expect(report.signals.length).toBeGreaterThan(0);
    expect(report.asOf).toBe(source.now());
  });

  test('many symbols, batches and scans under one signal raise no warning of a leak', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', onWarning);
    const source = syntheticProvider({ seed: 1, symbols: 24 });
    await using scanner = new EnhancedMarketScanner({
      provider: source,
      config: { timeframes: ['1h'], candleLimit: 100, concurrency: 24 },
    });
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 12 }, () => scanner.scan({ signal })));
    await settle();
    process.off('warning', onWarning);
    expect(warnings).not.toContain('MaxListenersExceededWarning');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('speaks of the moment of its clock, or of the source without one', async () => {
    await using following = new EnhancedMarketScanner({ provider: provider(), config: SETTINGS });
    await using given = scannerOf({ clock: () => END - 60_000 });
    expect((await following.scan()).asOf).toBe(END);
    expect((await given.scan()).asOf).toBe(END - 60_000);
  });

  test('of given symbols holds no rule of the universe against them', async () => {
    await using scanner = scannerOf({}, { minQuoteVolume24h: 1e12, exclude: ['*'] });
    const asked = ['B/USDT', 'NOPE/USDT', 'A/USDT', 'B/USDT'];
    const report = await scanner.scan({ symbols: asked });
    expectSound(report, asked);
    expect(report.scanned).toBe(2);
    expect(report.failures).toEqual([
      { symbol: 'NOPE/USDT', error: expect.objectContaining({ code: 'unknown_symbol' }) },
    ]);
  });

  test('one broken symbol fails alone, and the others are as if nothing had happened', async () => {
    const broken: Record<string, unknown> = {
      'A/USDT': new ScannerError('rate_limit', 'too many requests'),
      'B/USDT': new TypeError('fetch failed: https://user:pass@host/x?key=canary-77'),
      'C/USDT': 'a string',
    };
    await using scanner = scannerOf({
      provider: providerWith(({ fetchCandles }) => ({
        async fetchCandles(symbol, ...rest) {
          if (symbol in broken) throw broken[symbol];
          return fetchCandles(symbol, ...rest);
        },
      })),
    });
    await using twin = scannerOf();
    const report = await scanner.scan();
    expectSound(report, SYMBOLS);
    expect(report.failures.map(({ symbol, error }) => [symbol, error.code])).toEqual([
      ['A/USDT', 'rate_limit'],
      ['B/USDT', 'network'],
      ['C/USDT', 'network'],
    ]);
    expect(JSON.stringify(report)).not.toMatch(/canary|pass@/);
    const healthy = { symbols: ['D/USDT', 'E/USDT', 'F/USDT'] };
    const { signals } = await twin.scan(healthy);
    expect(report.signals).toEqual(signals);
  });

  test.each([
    ['an array', [[1, 2, 3]], 'fetchCandles must give a CandleSeries, gave array'],
    ['nothing', undefined, 'fetchCandles must give a CandleSeries, gave undefined'],
  ])('a provider that gives %s for candles fails the symbol', async (_, answer, message) => {
    await using scanner = scannerOf({
      provider: providerWith(() => ({ fetchCandles: async () => answer as never })),
    });
    const report = await scanner.scan();
    expectSound(report, SYMBOLS);
    expect(report.failures[0].error).toMatchObject({ code: 'bad_data', message });
    expect(scanner.health()).toMatchObject({ status: 'down', source: 'failing' });
  });

  test('goes on without a book, without trades and without a timeframe, and says so', async () => {
    const refuse = (code: 'network' | 'unsupported') => async (): Promise<never> => {
      throw new ScannerError(code, 'not today');
    };
    await using scanner = scannerOf({
      provider: providerWith(({ fetchCandles }) => ({
        fetchOrderBook: refuse('network'),
        fetchTrades: refuse('network'),
        fetchCandles: (symbol, timeframe, ...rest) =>
          timeframe === '15m' ? refuse('unsupported')() : fetchCandles(symbol, timeframe, ...rest),
      })),
    });
    const report = await scanner.scan();
    expectSound(report, SYMBOLS);
    expect(report.failures).toEqual([]);
    for (const { quality } of [...report.signals, ...report.rejections]) {
      expect(quality).toEqual(['missing-timeframe', 'no-order-book', 'no-trades']);
    }
  });

  test('a source without markets or tickers gives a report that says why', async () => {
    const down = async (): Promise<never> => {
      throw new ScannerError('network', 'refused');
    };
    await using noMarkets = scannerOf({ provider: providerWith(() => ({ fetchMarkets: down })) });
    await using noTickers = scannerOf({ provider: providerWith(() => ({ fetchTickers: down })) });
    const blind = await noMarkets.scan();
    expect(blind).toMatchObject({ complete: false, scanned: 0, error: { code: 'network' } });
    expect(noMarkets.health().status).toBe('down');
    await expect(noMarkets.initialize()).rejects.toMatchObject({ code: 'network' });
    const report = await noTickers.scan();
    expectSound(report, SYMBOLS);
    expect(report.failures).toHaveLength(SYMBOLS.length);
    expect(report.error?.code).toBe('network');
  });

  test('asks a symbol without a ticker why it has none', async () => {
    await using scanner = scannerOf({
      provider: providerWith(({ fetchTickers, fetchCandles }) => ({
        fetchTickers: async (symbols, options) =>
          (await fetchTickers(symbols, options)).filter(({ symbol }) => symbol > 'B/USDT'),
        async fetchCandles(symbol, ...rest) {
          if (symbol === 'A/USDT') throw new ScannerError('bad_data', 'line 7: close is "x"');
          return fetchCandles(symbol, ...rest);
        },
      })),
    });
    const report = await scanner.scan();
    expectSound(report, SYMBOLS);
    expect(report.failures).toEqual([
      { symbol: 'A/USDT', error: expect.objectContaining({ message: 'line 7: close is "x"' }) },
    ]);
    expect(report.rejections).toContainEqual(
      expect.objectContaining({ symbol: 'B/USDT', rule: 'ticker' }),
    );
  });

  test('a factor that throws or lies abstains, and no other symbol or factor notices', async () => {
    const bad = defineFactor({
      id: 'bad',
      needs: [],
      weight: 1,
      evaluate: ({ market }) => {
        if (market.symbol === 'A/USDT') throw new Error('boom');
        return { bias: Number.NaN, confidence: 1, reason: 'none' };
      },
    });
    const good = defineFactor({
      id: 'good',
      needs: [],
      weight: 1,
      evaluate: () => ({ bias: 0.6, confidence: 1, reason: 'always' }),
    });
    await using scanner = scannerOf({ factors: [bad, good] });
    const report = await scanner.scan();
    expectSound(report, SYMBOLS);
    expect(report.signals.map(({ score }) => score)).toEqual(SYMBOLS.map(() => 0.6));
    const asked: string[] = [];
    await using thrifty = scannerOf({
      factors: [good],
      provider: providerWith(() => ({
        fetchOrderBook: async (symbol) => asked.push(symbol) as never,
      })),
    });
    await thrifty.scan();
    expect(asked).toEqual([]);
  });

  test('refuses a wrong configuration at once', () => {
    expect(() => scannerOf({}, { concurrency: 0 })).toThrow(/concurrency/);
  });

  test('refuses factors that cannot be weighed at once', () => {
    const [factor] = defaultFactors;
    expect(() => scannerOf({ factors: [factor, factor] })).toThrow(
      expect.objectContaining({
        code: 'config',
        message: expect.stringContaining('no other factor'),
      }),
    );
  });

  test('overlapping scans do not disturb each other', async () => {
    await using scanner = scannerOf();
    const alone = timeless(await scanner.scan());
    const reports = await Promise.all([scanner.scan(), scanner.scan(), scanner.scan()]);
    expect(reports.map(timeless)).toEqual([alone, alone, alone]);
  });
});

describe('time', () => {
  test('a hanging symbol fails at its timeout, the others are scanned', async () => {
    const timers = new VirtualTimers();
    await using scanner = scannerOf(
      {
        timers,
        provider: providerWith(({ fetchCandles }) => ({
          fetchCandles: (symbol, ...rest) =>
            symbol === 'C/USDT' ? never() : fetchCandles(symbol, ...rest),
        })),
      },
      { symbolTimeoutMs: 5_000 },
    );
    const scanning = scanner.scan();
    await timers.advance(5_000);
    const report = await scanning;
    expectSound(report, SYMBOLS);
    expect(report.failures.map(({ symbol, error }) => [symbol, error.code])).toEqual([
      ['C/USDT', 'timeout'],
    ]);
    expect(report.durationMs).toBe(5_000);
    expect(timers.pending).toBe(0);
  });

  test('a source that hangs altogether ends with the deadline, every symbol accounted for', async () => {
    const timers = new VirtualTimers();
    await using scanner = scannerOf(
      { timers, provider: providerWith(() => ({ fetchCandles: never })) },
      { symbolTimeoutMs: 8_000, deadlineMs: 20_000, concurrency: 2 },
    );
    const scanning = scanner.scan();
    await timers.advance(20_000);
    const report = await scanning;
    expectSound(report, SYMBOLS);
    expect(report.durationMs).toBe(20_000);
    expect(report.failures.map(({ error }) => error.code)).toEqual(SYMBOLS.map(() => 'timeout'));
    expect(timers.pending).toBe(0);
  });

  test.each(['fetchMarkets', 'fetchTickers'] as const)(
    'a source whose %s hangs ends with the deadline',
    async (call) => {
      const timers = new VirtualTimers();
      await using scanner = scannerOf(
        { timers, provider: providerWith(() => ({ [call]: never })) },
        { deadlineMs: 3_000 },
      );
      const scanning = scanner.scan();
      await timers.advance(3_000);
      expect((await scanning).error).toMatchObject({ code: 'timeout' });
      expect(timers.pending).toBe(0);
    },
  );

  test('an abort at any moment rejects with aborted and leaves nothing behind', async () => {
    for (let calls = 0; calls < 40; calls++) {
      const timers = new VirtualTimers();
      const controller = new AbortController();
      let left = calls;
      const countdown = async (): Promise<void> => {
        if (left-- === 0) controller.abort('enough');
      };
      await using scanner = scannerOf({
        timers,
        provider: providerWith((honest) => ({
          fetchTickers: (...asked) => countdown().then(() => honest.fetchTickers(...asked)),
          fetchCandles: (...asked) => countdown().then(() => honest.fetchCandles(...asked)),
        })),
      });
      const outcome = await scanner.scan({ signal: controller.signal }).then(
        (report) => report.complete,
        (error) => error.code,
      );
      await settle();
      expect(outcome).toBe(controller.signal.aborted ? 'aborted' : true);
      expect(timers.pending).toBe(0);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    }
  });

  test('an abort is heard though nothing in memory ever waits', async () => {
    const markets = Array.from({ length: 300 }, (_, i) => inventMarket(`S${i}/USDT`, 7, 300));
    const controller = new AbortController();
    await using scanner = scannerOf({ provider: provide(markets) });
    const scanning = scanner.scan({ signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(scanning).rejects.toMatchObject({ code: 'aborted' });
  });

  test('a scan does not begin after an abort or a close', async () => {
    const scanner = scannerOf();
    await expect(scanner.scan({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    await scanner.close();
    await expect(scanner.scan()).rejects.toMatchObject({
      code: 'aborted',
      message: 'the scanner is closed',
    });
  });

  test('close stops what runs and closes what it was given, once', async () => {
    let closed = 0;
    const close = async (): Promise<void> => void closed++;
    const aiScorer = { id: 'ai', review: async () => new Map(), close };
    const scanner = scannerOf({
      aiScorer,
      provider: providerWith(() => ({ fetchCandles: never, close })),
    });
    const scanning = expect(scanner.scan()).rejects.toMatchObject({ code: 'aborted' });
    await settle();
    await Promise.all([scanner.close(), scanner.close()]);
    await scanning;
    expect(closed).toBe(2);
    expect(scanner.health()).toMatchObject({ status: 'down', reasons: ['the scanner is closed'] });
  });
});

/** A signal as it is when its scorer was asked and said nothing, and why. */
function unheard(why: string): (signal: MarketSignal) => MarketSignal {
  return (signal) => ({ ...signal, absent: { ...signal.absent, ai: why, aiEnhancedScore: why } });
}

describe('the AI scorer', () => {
  const scorer = (review: AiScorer['review']): AiScorer => ({ id: 'oracle', review });

  test('moves scores within bounds and in the ledger, and nothing else', async () => {
    const adjustments = [1, -1, 0.5, 1e9, -1e9, 0];
    await using scanner = scannerOf(
      {
        aiScorer: scorer(
          async (signals) =>
            new Map(
              signals.map(({ symbol }, i) => [
                symbol,
                { adjustment: adjustments[i], confidence: 1, rationale: 'line\n\u001b[31mtwo' },
              ]),
            ),
        ),
      },
      { minScore: 0 },
    );
    await using plain = scannerOf({}, { minScore: 0 });
    const report = await scanner.scan();
    const before = new Map((await plain.scan()).signals.map((signal) => [signal.symbol, signal]));
    expectSound(report, SYMBOLS);
    expect(report.ai).toBe('applied');
    expect(report.signals).toHaveLength(before.size);
    for (const signal of report.signals) {
      const { score, aiEnhancedScore, ledger, ai, absent, ...rest } = signal;
      const base = before.get(signal.symbol);
      expect(rest).toEqual({
        ...base,
        score: undefined,
        aiEnhancedScore: undefined,
        ledger: undefined,
        ai: undefined,
        absent: undefined,
      });
      expect(score - rest.baseScore).toBeLessThanOrEqual(0.1 + 1e-9);
      expect(rest.baseScore - score).toBeLessThanOrEqual(0.15 + 1e-9);
      expect(aiEnhancedScore).toBe(score);
      expect(ledger.at(-1)).toMatchObject({ kind: 'ai', id: 'oracle', reason: 'line [31mtwo' });
      expect(Math.abs(ai?.adjustment ?? 2)).toBeLessThanOrEqual(1);
      expect(Object.keys(absent)).not.toContain('ai');
    }
  });

  test('a score it lowers below the least one is no signal any more', async () => {
    await using scanner = scannerOf(
      {
        aiScorer: scorer(
          async (signals) =>
            new Map(
              signals.map(({ symbol }) => [
                symbol,
                { adjustment: -1, confidence: 1, rationale: 'no' },
              ]),
            ),
        ),
      },
      { maxAiAdjustment: 1 },
    );
    const report = await scanner.scan();
    expectSound(report, SYMBOLS);
    expect(report.signals).toEqual([]);
    expect(report.rejections[0]).toMatchObject({ rule: 'min-score', value: 0 });
  });

  test.each<[string, AiScorer['review']]>([
    ['fails', () => Promise.reject(new Error('no model'))],
    [
      'throws at once',
      () => {
        throw new Error('no model');
      },
    ],
    ['answers with no map', async () => ({}) as never],
    [
      'has opinions that are none',
      async (signals) => new Map(signals.map(({ symbol }) => [symbol, 'high' as never])),
    ],
    ['hangs', never],
  ])('base scores stand when it %s', async (_, review) => {
    const timers = new VirtualTimers();
    await using scanner = scannerOf({ timers, aiScorer: scorer(review) }, { aiTimeoutMs: 700 });
    await using plain = scannerOf({ timers });
    const heard: string[] = [];
    scanner.on('aiUnavailable', ({ code }) => heard.push(code));
    const scanning = scanner.scan();
    await timers.advance(700);
    const report = await scanning;
    expectSound(report, SYMBOLS);
    expect(report.ai).toBe('unavailable');
    const why = 'the AI scorer was not heard';
    expect(report.signals).toEqual((await plain.scan()).signals.map(unheard(why)));
    expect(heard).toEqual(['ai_scorer']);
    expect(scanner.health()).toMatchObject({ status: 'degraded', ai: 'failing' });
  });

  test('one that has nothing to say is silent, which is no failure', async () => {
    await using scanner = scannerOf({ aiScorer: scorer(async () => new Map()) });
    await using plain = scannerOf();
    const heard: string[] = [];
    scanner.on('aiUnavailable', ({ code }) => heard.push(code));
    const { ai, signals } = await scanner.scan();
    expect(ai).toBe('silent');
    const why = 'the AI scorer gave no opinion on it';
    expect(signals).toEqual((await plain.scan()).signals.map(unheard(why)));
    expect(heard).toEqual([]);
    expect(scanner.health()).toMatchObject({ ai: 'ok' });
  });

  test('verdicts without numbers, and on symbols that nobody asked about, have no effect', async () => {
    const nonsense = [Number.NaN, 'high', undefined, null, {}, []];
    await using scanner = scannerOf({
      aiScorer: scorer(
        async (signals) =>
          new Map<string, never>([
            ...signals.map(({ symbol }, i): [string, never] => [
              symbol,
              { adjustment: nonsense[i], confidence: 1, rationale: 7 } as never,
            ]),
            ['__proto__', { adjustment: 1, confidence: 1, rationale: '' } as never],
          ]),
      ),
    });
    await using plain = scannerOf();
    const report = await scanner.scan();
    expectSound(report, SYMBOLS);
    expect(report.ai).toBe('unavailable');
    const why = 'the AI scorer was not heard';
    expect(report.signals).toEqual((await plain.scan()).signals.map(unheard(why)));
  });
});

describe('events, health and metrics', () => {
  test('events mirror the report, and a listener that throws cannot break a scan', async () => {
    await using scanner = scannerOf({
      provider: providerWith(({ fetchCandles }) => ({
        async fetchCandles(symbol, ...rest) {
          if (symbol === 'F/USDT') throw new ScannerError('network', 'refused');
          return fetchCandles(symbol, ...rest);
        },
      })),
    });
    const heard: string[] = [];
    scanner.on('report', () => {
      throw new Error('boom');
    });
    scanner.on('progress', ({ done, total }) => heard.push(`${done}/${total}`));
    scanner.on('signal', ({ symbol }) => heard.push(symbol));
    scanner.on('failure', ({ symbol }) => heard.push(`!${symbol}`));
    const stop = scanner.on('report', ({ scanned }) => heard.push(`scanned ${scanned}`));
    const report = await scanner.scan();
    expect(heard).toEqual([
      ...['1/6', '2/6', '3/6', '4/6', '5/6', '6/6', '!F/USDT'],
      ...report.signals.map(({ symbol }) => symbol),
      'scanned 5',
    ]);
    stop();
    await scanner.scan();
    expect(heard.filter((line) => line.startsWith('scanned'))).toHaveLength(1);
  });

  test('health and metrics tell what the scans did', async () => {
    let failing = true;
    await using scanner = scannerOf({
      provider: providerWith(({ fetchCandles }) => ({
        async fetchCandles(symbol, ...rest) {
          if (failing && symbol === 'A/USDT') throw new ScannerError('network', 'refused');
          return fetchCandles(symbol, ...rest);
        },
      })),
    });
    expect(scanner.health()).toMatchObject({ status: 'idle', source: 'unknown', ai: 'absent' });
    expect(scanner.metrics()).toMatchObject({ scans: 0, errorRate: 0, meanScanMs: 0 });
    const first = await scanner.scan();
    expect(scanner.health()).toMatchObject({
      status: 'degraded',
      reasons: ['1 of 6 symbols failed, first refused'],
      source: 'ok',
      activeSymbols: 5,
      lastScanAt: END,
    });
    failing = false;
    const second = await scanner.scan();
    const signals = first.signals.length + second.signals.length;
    const mean = second.signals.reduce((sum, { score }) => sum + score, 0) / second.signals.length;
    expect(scanner.health()).toMatchObject({ status: 'ok', reasons: [], signalQuality: mean });
    expect(scanner.metrics()).toMatchObject({
      scans: 2,
      symbolsScanned: 11,
      signals,
      failures: 1,
      errorRate: 1 / 12,
      successRate: 11 / 12,
      lastScanMs: second.durationMs,
    });
  });
});

describe('the other views of a scan', () => {
  test('scanMarketsParallel gives the signals of a scan', async () => {
    await using scanner = scannerOf();
    expect(await scanner.scanMarketsParallel()).toEqual((await scanner.scan()).signals);
  });

  test('getMarketSummary sums up all analysed symbols', async () => {
    await using scanner = scannerOf();
    const summary = await scanner.getMarketSummary();
    const { signals } = await scanner.scan();
    expect(summary).toMatchObject({
      timestamp: END,
      totalSymbols: 6,
      scannedSymbols: 6,
      topOpportunities: signals,
    });
  });

  test('scanEach gives every symbol once, and stops when the loop breaks', async () => {
    const asked: string[] = [];
    await using scanner = scannerOf(
      {
        provider: providerWith(({ fetchCandles }) => ({
          async fetchCandles(symbol, ...rest) {
            asked.push(symbol);
            if (symbol === 'B/USDT') throw new ScannerError('network', 'refused');
            return fetchCandles(symbol, ...rest);
          },
        })),
      },
      { exclude: ['A/*'], concurrency: 1 },
    );
    const seen: string[] = [];
    for await (const outcome of scanner.scanEach()) {
      seen.push(
        `${outcome.symbol} ${outcome.ok ? (outcome.rejection?.rule ?? 'signal') : outcome.error.code}`,
      );
    }
    expect(seen.map((line) => line.slice(0, 6)).toSorted()).toEqual(SYMBOLS);
    expect(seen.slice(0, 2)).toEqual(['A/USDT exclude', 'B/USDT network']);
    asked.length = 0;
    for await (const { symbol } of scanner.scanEach()) if (symbol === 'C/USDT') break;
    await settle();
    expect(asked).not.toContain('F/USDT');
  });

  test('analyze tells what is behind a symbol, signal or not', async () => {
    await using scanner = scannerOf({}, { minScore: 0.9, exclude: ['*'] });
    const analysis = await scanner.analyze('A/USDT');
    expect(analysis).toMatchObject({ symbol: 'A/USDT', asOf: END, signal: undefined });
    expect(analysis.rejection).toMatchObject({ rule: 'min-score', value: analysis.score });
    expect(analysis.ledger.reduce((sum, { microPoints }) => sum + microPoints, 0)).toBe(
      analysis.score * 1e6,
    );
    expect([...analysis.readings.keys()]).toEqual(['1m', '5m', '15m']);
    await expect(scanner.analyze('NOPE')).rejects.toMatchObject({ code: 'unknown_symbol' });
  });
});

describe('watch', () => {
  const INTERVAL = 30_000;

  function watched(scanMs: () => number) {
    const timers = new VirtualTimers();
    const scanner = scannerOf(
      {
        timers,
        provider: providerWith(({ fetchTickers }) => ({
          fetchTickers: async (symbols, options) => {
            await sleep(scanMs(), timers, options?.signal);
            return fetchTickers(symbols, options);
          },
        })),
      },
      { scanIntervalMs: INTERVAL, deadlineMs: 200_000 },
    );
    return { timers, scanner };
  }

  test('reports at every interval, and skips what a slow scan overran', async () => {
    const durations = [10, 10, 70_000, 10, 10];
    const { timers, scanner } = watched(() => durations.shift() ?? 10);
    const at: number[] = [];
    const watching = (async () => {
      for await (const _ of scanner.watch()) at.push(timers.elapsed());
    })();
    await timers.advance(200_000);
    await scanner.close();
    await watching;
    expect(at).toEqual([10, 30_010, 130_000, 150_010, 180_010]);
    expect(timers.pending).toBe(0);
  });

  test.each([
    ['between scans', 1_000],
    ['during a scan', INTERVAL + 5],
  ])('ends quietly when the signal aborts %s', async (_, moment) => {
    const { timers, scanner } = watched(() => 10);
    const controller = new AbortController();
    let reports = 0;
    const watching = (async () => {
      for await (const _ of scanner.watch({ signal: controller.signal })) reports++;
    })();
    await timers.advance(moment);
    controller.abort();
    await watching;
    await settle();
    expect(reports).toBe(1);
    expect(timers.pending).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    await scanner.close();
  });

  test('ends when the loop breaks, and outlives a source that is down', async () => {
    const { timers, scanner } = watched(() => 0);
    await using down = scannerOf(
      {
        timers,
        provider: providerWith(() => ({ fetchMarkets: () => Promise.reject(new Error('down')) })),
      },
      { scanIntervalMs: INTERVAL },
    );
    const statuses: boolean[] = [];
    const watching = (async () => {
      for await (const { complete } of down.watch()) {
        statuses.push(complete);
        if (statuses.length === 3) break;
      }
      for await (const { complete } of scanner.watch()) {
        statuses.push(complete);
        break;
      }
    })();
    await timers.advance(3 * INTERVAL);
    await watching;
    expect(statuses).toEqual([false, false, false, true]);
    expect(timers.pending).toBe(0);
    await scanner.close();
  });
});
