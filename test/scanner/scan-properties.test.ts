import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { passThrough } from '../../src/providers/pass-through.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import type { ScannerConfigInput } from '../../src/scanner/config.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { expectSound, timeless } from './invariants.js';
import {
  END,
  type Invented,
  inventMarket,
  MINUTE,
  mirrored,
  provide,
  SETTINGS,
  scaled,
} from './invented-market.js';

const SEEDS = fc.integer({ min: 1, max: 1e6 });

async function scan(
  provider: DataProvider,
  config: ScannerConfigInput = SETTINGS,
  asOf = END,
): Promise<ScanReport> {
  await using scanner = new EnhancedMarketScanner({ provider, config, clock: () => asOf });
  return await scanner.scan();
}

function market(count: number, seed: number): Invented[] {
  return Array.from({ length: count }, (_, i) => inventMarket(`S${i}/USDT`, seed * 100 + i));
}

/** What must not depend on the scale or the direction of prices. */
function scores(report: ScanReport): Map<string, number> {
  return new Map(report.signals.map(({ symbol, score }) => [symbol, score]));
}

describe('a scan', () => {
  test('of any market keeps its promises', async () => {
    await fc.assert(
      fc.asyncProperty(SEEDS, fc.integer({ min: 0, max: 6 }), async (seed, count) => {
        const markets = market(count, seed);
        expectSound(
          await scan(provide(markets)),
          markets.map(({ symbol }) => symbol),
        );
      }),
      { numRuns: 15 },
    );
  });

  test('of a mirrored market swaps long and short and keeps the scores', async () => {
    await fc.assert(
      fc.asyncProperty(SEEDS, async (seed) => {
        const markets = market(3, seed);
        const plain = await scan(provide(markets));
        const mirror = await scan(provide(markets.map(mirrored)));
        expect(mirror.signals.map(({ symbol }) => symbol)).toEqual(
          plain.signals.map(({ symbol }) => symbol),
        );
        for (const [i, { direction, score, bias, riskLevel }] of plain.signals.entries()) {
          expect(mirror.signals[i].riskLevel).toBe(riskLevel);
          expect(mirror.signals[i].direction).toBe(direction === 'long' ? 'short' : 'long');
          expect(mirror.signals[i].bias).toBeCloseTo(-bias, 9);
          expect(Math.abs(mirror.signals[i].score - score)).toBeLessThanOrEqual(2e-6);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('does not care about the scale of prices', async () => {
    await fc.assert(
      fc.asyncProperty(SEEDS, fc.integer({ min: -10, max: 20 }), async (seed, exponent) => {
        const markets = market(3, seed);
        const plain = scores(await scan(provide(markets)));
        const other = scores(
          await scan(provide(markets.map((each) => scaled(each, 2 ** exponent)))),
        );
        expect([...other.keys()]).toEqual([...plain.keys()]);
        for (const [symbol, score] of plain) expect(other.get(symbol)).toBeCloseTo(score, 5);
      }),
      { numRuns: 15 },
    );
  });

  test('sees nothing later than its moment, however the source serves it', async () => {
    await fc.assert(
      fc.asyncProperty(SEEDS, fc.integer({ min: 1, max: 600 }), async (seed, back) => {
        const asOf = END - back * MINUTE + 7_000;
        const honest = provide(market(3, seed));
        const other = provide(market(3, seed + 1));
        const past = await scan(honest, SETTINGS, asOf);
        expect(timeless(await scan(withFutureOf(honest, other), SETTINGS, asOf))).toBe(
          timeless(past),
        );
      }),
      { numRuns: 15 },
    );
  });

  test('warm gives bit for bit what a cold one gives, wherever time goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        SEEDS,
        fc.array(fc.integer({ min: -200, max: 400 }), { minLength: 1, maxLength: 6 }),
        async (seed, steps) => {
          const provider = provide(market(2, seed));
          let now = END - 600 * MINUTE;
          const warm = new EnhancedMarketScanner({ provider, config: SETTINGS, clock: () => now });
          for (const step of steps) {
            now = Math.min(END, now + step * MINUTE);
            expect(timeless(await warm.scan())).toBe(timeless(await scan(provider, SETTINGS, now)));
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('notices that the source rewrote the newest candle or filled a gap', async () => {
    const markets = market(1, 5);
    const [{ symbol, candles }] = markets;
    const without = (row: number): Invented => ({
      ...markets[0],
      candles: candles.filter((_, i) => i !== row),
    });
    const rewritten = candles.map((candle, i) =>
      i === candles.length - 1 ? { ...candle, volume: candle.volume * 9 } : candle,
    );
    const versions = [
      without(candles.length - 40),
      markets[0],
      { ...markets[0], candles: rewritten },
    ].map((version) => provide([version]));
    let served = versions[0];
    const changing = relay(() => served);
    const warm = new EnhancedMarketScanner({
      provider: changing,
      config: SETTINGS,
      clock: () => END,
    });
    for (const version of versions) {
      served = version;
      expect(timeless(await warm.scan({ symbols: [symbol] }))).toBe(
        timeless(await scanSymbols(version, [symbol])),
      );
    }
  });

  test('forgets a timeframe that the source no longer has', async () => {
    let hasHours = true;
    const whole = syntheticProvider({ seed: 3, symbols: 4 });
    const provider: DataProvider = {
      ...passThrough(whole),
      async fetchCandles(symbol, timeframe, limit, options) {
        if (timeframe === '1h' && !hasHours) throw new ScannerError('insufficient_data', 'gone');
        return await whole.fetchCandles(symbol, timeframe, limit, options);
      },
    };
    const open = { minScore: 0.05, minConfidence: 0, minRewardToRisk: 0, minChange24h: 0 };
    const config = { ...open, timeframes: ['5m', '15m', '1h'] } as const;
    await using warm = new EnhancedMarketScanner({ provider, config });
    const before = timeless(await warm.scan());
    hasHours = false;
    await using cold = new EnhancedMarketScanner({ provider, config });
    const after = timeless(await cold.scan());
    expect(before).toContain('"winProbability"');
    expect(after).not.toContain('"winProbability"');
    expect(timeless(await warm.scan())).toBe(after);
  });

  test('of the synthetic exchange gives the same bytes for the same seed, warm or cold', async () => {
    const make = (): EnhancedMarketScanner =>
      new EnhancedMarketScanner({ provider: syntheticProvider({ seed: 3, symbols: 16 }) });
    await using first = make();
    await using second = make();
    const report = timeless(await first.scan());
    expect(timeless(await second.scan())).toBe(report);
    expect(timeless(await second.scan())).toBe(report);
  });

  test('shards add up to the whole', async () => {
    const provider = provide(market(12, 3));
    const config = { ...SETTINGS, maxPositions: 99, maxTotalRisk: 1, maxGrossNotional: 99 };
    const whole = await scan(provider, config);
    for (const count of [2, 5]) {
      const shards = await Promise.all(
        Array.from({ length: count }, (_, index) =>
          scan(provider, { ...config, shard: { index, count } }),
        ),
      );
      for (const list of ['signals', 'rejections'] as const) {
        const merged = shards.flatMap((shard): readonly { symbol: string }[] => shard[list]);
        const bySymbol = (a: { symbol: string }, b: { symbol: string }): number =>
          a.symbol < b.symbol ? -1 : 1;
        expect(merged.toSorted(bySymbol)).toEqual([...whole[list]].toSorted(bySymbol));
      }
    }
  });
});

async function scanSymbols(
  provider: DataProvider,
  symbols: readonly string[],
): Promise<ScanReport> {
  await using scanner = new EnhancedMarketScanner({
    provider,
    config: SETTINGS,
    clock: () => END,
  });
  return await scanner.scan({ symbols });
}

/** A provider that asks another one, which may change. */
function relay(served: () => DataProvider): DataProvider {
  return {
    id: 'relay',
    fetchMarkets: (options) => served().fetchMarkets(options),
    fetchTickers: (symbols, options) => served().fetchTickers(symbols, options),
    fetchCandles: (symbol, timeframe, limit, options) =>
      served().fetchCandles(symbol, timeframe, limit, options),
    fetchOrderBook: async (symbol, depth, options) =>
      (await served().fetchOrderBook?.(symbol, depth, options)) as never,
    fetchTrades: async (symbol, limit, options) =>
      (await served().fetchTrades?.(symbol, limit, options)) as never,
  };
}

/** Serves the past of one provider and, careless of the moment asked for, the future of another. */
function withFutureOf(past: DataProvider, future: DataProvider): DataProvider {
  return {
    ...relay(() => past),
    async fetchCandles(symbol, timeframe: Timeframe, limit, options) {
      const known = await past.fetchCandles(symbol, timeframe, limit, options);
      const all = await future.fetchCandles(symbol, timeframe, 5_000, { asOf: END });
      const newest = known.at(-1)?.time ?? 0;
      return CandleSeries.from([...known, ...[...all].filter(({ time }) => time > newest)]);
    },
  };
}
