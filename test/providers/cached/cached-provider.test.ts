import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { CandleSeries } from '../../../src/market/candle-series.js';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { cachedProvider } from '../../../src/providers/cached.js';
import { syntheticProvider } from '../../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import { candleWindow } from '../../../src/scanner/window.js';
import { checkDataProvider } from '../../../src/testing/check-data-provider.js';
import { timeless } from '../../scanner/invariants.js';
import { END, inventMarket, provide, SETTINGS } from '../../scanner/invented-market.js';
import {
  anyGappyMarket,
  BEGIN,
  CountingSource,
  candlesOf,
  MINUTE,
  SYMBOL,
  TIMEFRAMES,
} from './gappy-market.js';

const steady = { seed: 1, minutes: 60_000, missing: 0, outages: [] };
const NOON = BEGIN + 50_000 * MINUTE;

/** Asks for every timeframe at once, as a scan does. */
function ask(provider: DataProvider, asOf: number, limit = 100): Promise<CandleSeries[]> {
  return Promise.all(
    TIMEFRAMES.map((timeframe) =>
      provider.fetchCandles(SYMBOL, timeframe, candleWindow(timeframe, limit, asOf).count, {
        asOf,
      }),
    ),
  );
}

/** What a series holds to the last bit, in a few letters. */
function bytes(series: readonly CandleSeries[]): string[] {
  return series.map(({ buffer, length }) => {
    const digest = createHash('sha256')
      .update(Buffer.from(buffer as ArrayBuffer))
      .digest('hex');
    return `${length} candles, ${digest}`;
  });
}

describe('a cached provider', () => {
  test('keeps the contract of a provider', async () => {
    expect((await checkDataProvider(cachedProvider(syntheticProvider()))).failures).toEqual([]);
  });

  test('gives what the source gives, bit for bit, over any history, at any minutes', async () => {
    const anyStep = fc.oneof(
      fc.integer({ min: 0, max: 90_000 }),
      fc.integer({ min: -400, max: 400 }).map((minutes) => minutes * MINUTE),
      fc.integer({ min: 0, max: 1_500 }).map((minutes) => minutes * MINUTE + 1),
    );
    await fc.assert(
      fc.asyncProperty(
        anyGappyMarket,
        fc.nat({ max: 4_000 }),
        fc.array(anyStep, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(5, 30, 300),
        async (market, start, steps, limit) => {
          const { provider } = new CountingSource(candlesOf(market));
          const cached = cachedProvider(provider);
          let asOf = BEGIN + start * MINUTE;
          for (const step of [0, ...steps]) {
            asOf += step;
            const warm = await ask(cached, asOf, limit);
            expect(bytes(warm)).toEqual(bytes(await ask(provider, asOf, limit)));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('asks a source that is scanned every 30 seconds for one tail a minute, and folds the rest', async () => {
    const source = new CountingSource(candlesOf(steady));
    const cached = cachedProvider(source.provider);
    await ask(cached, NOON);
    expect(source.asked).toHaveLength(5);
    for (let half = 1; half <= 480; half++) await ask(cached, NOON + half * 30_000);
    const { audits, folds, corrections } = cached.statistics();
    expect(source.asked).toHaveLength(5 + 240 + audits);
    expect(folds + audits).toBe(48 + 16 + 4 + 1);
    expect(corrections).toBe(0);
    expect(source.asked.slice(5).filter((asked) => asked !== '1m 3')).toHaveLength(audits);
  });

  test('shares a request among those who ask at the same time, each free to leave', async () => {
    const source = new CountingSource(candlesOf(steady));
    const cached = cachedProvider(source.provider);
    const leaving = new AbortController();
    const left = cached.fetchCandles(SYMBOL, '1m', 10, { asOf: NOON, signal: leaving.signal });
    const stayed = cached.fetchCandles(SYMBOL, '1m', 10, { asOf: NOON + 1 });
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'aborted' });
    expect(await stayed).toHaveLength(10);
    expect(source.asked).toEqual(['1m 12']);
  });

  test('tells the source to stop when nobody waits any more, and asks anew when somebody does', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const inner = new CountingSource(candlesOf(steady)).provider;
    const provider: DataProvider = {
      ...inner,
      fetchCandles: (symbol, timeframe, limit, options) => {
        signals.push(options?.signal);
        return signals.length === 1
          ? new Promise(() => {})
          : inner.fetchCandles(symbol, timeframe, limit, options);
      },
    };
    const cached = cachedProvider(provider);
    const leaving = new AbortController();
    const left = cached.fetchCandles(SYMBOL, '1m', 10, { asOf: NOON, signal: leaving.signal });
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'aborted' });
    expect(signals[0]?.aborted).toBe(true);
    expect(await cached.fetchCandles(SYMBOL, '1m', 10, { asOf: NOON })).toHaveLength(10);
  });

  test('takes up a candle that came late', async () => {
    const whole = candlesOf(steady);
    const late = NOON + 2 * MINUTE;
    let known = whole.slice(0, whole.indexAt(late) - 1);
    const provider: DataProvider = {
      ...new CountingSource(whole).provider,
      fetchCandles: (...question) => new CountingSource(known).provider.fetchCandles(...question),
    };
    const cached = cachedProvider(provider);
    await ask(cached, NOON);
    await ask(cached, late + 1_000);
    known = whole;
    expect(bytes(await ask(cached, late + 9_000))).toEqual(
      bytes(await ask(provider, late + 9_000)),
    );
  });

  describe.each(['tells its present', 'does not'])('of a source that %s', (kind) => {
    const whole = candlesOf(steady);
    let now = NOON;
    const clock = (): number => now;
    const { fetchTime: _, ...source } = new CountingSource(whole).provider;
    const provider: DataProvider = {
      ...source,
      ...(kind === 'tells its present' && { fetchTime: async () => now }),
      fetchCandles: (...question) =>
        new CountingSource(whole.slice(0, whole.indexAt(now - MINUTE + 1))).provider.fetchCandles(
          ...question,
        ),
    };

    test('learns nothing from being asked of a moment that is still to come', async () => {
      now = NOON;
      const cached = cachedProvider(provider, { clock });
      await ask(cached, NOON);
      await ask(cached, NOON + 120 * MINUTE);
      for (const minutes of [5, 30, 90, 150]) {
        now = NOON + minutes * MINUTE;
        expect(bytes(await ask(cached, now))).toEqual(bytes(await ask(provider, now)));
      }
      expect(cached.statistics().folds).toBeGreaterThan(5);
    });

    test('learns from those whose clocks are a little ahead', async () => {
      now = NOON;
      const cached = cachedProvider(provider, { clock });
      await ask(cached, NOON + 2_000);
      for (const minutes of [5, 30, 90, 150]) {
        now = NOON + minutes * MINUTE - 1_000;
        await ask(cached, now + 2_000);
        now += 3_000;
        expect(bytes(await ask(cached, now))).toEqual(bytes(await ask(provider, now)));
      }
      expect(cached.statistics().whole).toBe(TIMEFRAMES.length);
    });
  });

  test('fetches all anew when the source corrects its past', async () => {
    const before = candlesOf(steady);
    const rows = [...before];
    const corrected = before.indexAt(NOON) - 2;
    const after = CandleSeries.from(
      rows.map((row, i) => (i === corrected ? { ...row, volume: 77 } : row)),
    );
    let source = new CountingSource(before);
    const cached = cachedProvider({
      ...source.provider,
      fetchCandles: (...question) => source.provider.fetchCandles(...question),
    });
    await ask(cached, NOON);
    source = new CountingSource(after);
    expect(bytes(await ask(cached, NOON + MINUTE))[0]).toBe(
      bytes(await ask(source.provider, NOON + MINUTE))[0],
    );
    expect(cached.statistics().corrections).toBe(1);
  });

  test('finds out that longer candles are no folds, and asks for them from then on', async () => {
    const inner = new CountingSource(candlesOf(steady)).provider;
    const provider: DataProvider = {
      ...inner,
      async fetchCandles(symbol, timeframe, limit, options) {
        const candles = await inner.fetchCandles(symbol, timeframe, limit, options);
        if (timeframe === '1m') return candles;
        return CandleSeries.from(Array.from(candles, (row) => ({ ...row, high: row.high * 1.01 })));
      },
    };
    const warned: string[] = [];
    const logger = { debug() {}, info() {}, error() {}, warn: (text: string) => warned.push(text) };
    const cached = cachedProvider(provider, { logger });
    for (let minute = 0; minute < 1_500; minute++) await ask(cached, NOON + minute * MINUTE, 20);
    expect(warned.length).toBeGreaterThan(0);
    const [, fives] = await ask(cached, NOON + 1_500 * MINUTE, 20);
    const [, expected] = await ask(provider, NOON + 1_500 * MINUTE, 20);
    expect(bytes([fives])).toEqual(bytes([expected]));
  });

  test('holds no more bytes than it may, and forgets what was not asked for longest', async () => {
    const cached = cachedProvider(syntheticProvider({ symbols: 20 }), { maxBytes: 50_000 });
    const asOf = Date.UTC(2024, 5, 1);
    for (const { symbol } of await cached.fetchMarkets()) {
      await cached.fetchCandles(symbol, '1m', 100, { asOf });
      expect(cached.statistics().bytes).toBeLessThanOrEqual(50_000);
    }
    expect(cached.statistics().series).toBe(10);
  });

  test('does not grow while time goes on', async () => {
    const cached = cachedProvider(new CountingSource(candlesOf(steady)).provider);
    const sizes: number[] = [];
    for (let step = 0; step < 180; step++) {
      await ask(cached, NOON + step * 10 * MINUTE);
      sizes.push(cached.statistics().bytes);
    }
    expect(Math.max(...sizes.slice(90))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 90)));
  });

  test('leaves every report of a moving market as it is without it', async () => {
    const source = provide(['A/USDT', 'B/USDT', 'C/USDT'].map((name, i) => inventMarket(name, i)));
    let now = END - 400 * MINUTE;
    const scanner = (provider: DataProvider): EnhancedMarketScanner =>
      new EnhancedMarketScanner({ provider, config: SETTINGS, clock: () => now });
    const warm = scanner(cachedProvider(source));
    for (const minutes of [0, 1, 1, 7, 61, 240, 90]) {
      now += minutes * MINUTE;
      const report = await warm.scan();
      expect(report.scanned).toBe(3);
      expect(timeless(report) === timeless(await scanner(source).scan())).toBe(true);
    }
  });
});
