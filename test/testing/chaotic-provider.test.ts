import { describe, expect, test } from 'vitest';
import { passThrough } from '../../src/providers/pass-through.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { chaoticProvider, FAULTS, type Fault } from '../../src/testing/chaotic-provider.js';
import { checkDataProvider } from '../../src/testing/check-data-provider.js';
import { VirtualTimers } from '../parallel/virtual-timers.js';
import { expectSound } from '../scanner/invariants.js';
import { END, inventMarket, provide, SETTINGS } from '../scanner/invented-market.js';

const SYMBOLS = ['A/USDT', 'B/USDT', 'C/USDT', 'D/USDT'];
const SICK = 'B/USDT';
const source = provide(SYMBOLS.map((symbol, i) => inventMarket(symbol, 10 + i)));
const config = {
  ...SETTINGS,
  minScore: 0,
  planTimeframe: '15m' as const,
  maxPositions: 100,
  maxTotalRisk: 1,
  maxGrossNotional: 1_000,
};

async function scanWith(fault: Fault | undefined): Promise<ScanReport> {
  const symbols: Record<string, Fault> = fault === undefined ? {} : { [SICK]: fault };
  const provider = chaoticProvider(source, { share: 0, symbols });
  const timers = new VirtualTimers();
  const scanner = new EnhancedMarketScanner({ provider, config, clock: () => END, timers });
  const scanned = scanner.scan();
  await timers.advance(60_000);
  const report = await scanned;
  expect(timers.pending).toBe(0);
  return report;
}

/** Where one symbol ended up, to the last digit. */
function placeOf({ signals, rejections, failures }: ScanReport, symbol: string): string {
  const its = (place: { readonly symbol: string }): boolean => place.symbol === symbol;
  return JSON.stringify([signals.find(its), rejections.find(its), failures.find(its)]);
}

/** What became of it, in a word: the code of its failure, the rule that rejected it, or what its signal is marked with. */
function fateOf({ signals, rejections, failures }: ScanReport, symbol: string): string {
  const its = (place: { readonly symbol: string }): boolean => place.symbol === symbol;
  const failure = failures.find(its);
  if (failure !== undefined) return `fails: ${failure.error.code}`;
  const rejection = rejections.find(its);
  if (rejection !== undefined) return `rejected: ${rejection.rule} [${rejection.quality}]`;
  return `signal [${signals.find(its)?.quality}]`;
}

/** What is promised of each fault. */
const FATES: Readonly<Record<Fault, string>> = {
  'rate-limited': 'fails: rate_limit',
  banned: 'fails: rate_limit',
  'server-error': 'fails: network',
  refused: 'fails: network',
  garbage: 'fails: bad_data',
  'timed-out': 'fails: timeout',
  delisted: 'fails: unknown_symbol',
  'foreign-error': 'fails: network',
  hang: 'fails: timeout',
  'wrong-shape': 'fails: bad_data',
  'not-a-number': 'fails: bad_data',
  'endless-price': 'fails: bad_data',
  'negative-price': 'fails: bad_data',
  'negative-volume': 'fails: bad_data',
  'high-below-low': 'fails: bad_data',
  'duplicate-candle': 'fails: bad_data',
  'unsorted-candles': 'fails: bad_data',
  'off-grid-candles': 'fails: bad_data',
  'missing-candle': 'signal [gaps]',
  'missing-candles': 'rejected: data-quality [gaps]',
  'price-jump': 'rejected: data-quality [price-jump]',
  'stale-candles': 'rejected: data-quality [stale]',
  'flat-candles': 'rejected: min-reward-to-risk [zero-volume]',
  'short-history': 'rejected: data-quality [short-history]',
  'no-candles': 'fails: insufficient_data',
  'contract-volumes': 'signal [suspect-units]',
  'forming-candle': 'signal []',
  'future-candle': 'signal []',
  'crossed-book': 'signal [no-order-book]',
  'locked-book': 'signal []',
  'empty-book': 'signal [thin-order-book]',
  'one-sided-book': 'signal [thin-order-book]',
  'thin-book': 'signal [thin-order-book]',
  'no-book': 'signal [no-order-book]',
  'no-trades': 'signal [no-trades]',
  'no-ticker': 'rejected: ticker []',
  'ticker-not-a-number': 'fails: bad_data',
  'ticker-zero-price': 'fails: bad_data',
  'clock-ahead': 'signal [clock-skew]',
  'clock-far-ahead': 'fails: bad_data',
};

describe('a chaotic provider', () => {
  const healthy = scanWith(undefined);

  test('without faults is the provider underneath', async () => {
    expect(fateOf(await healthy, SICK)).toBe('signal []');
    expect((await checkDataProvider(chaoticProvider(source, { share: 0 }))).failures).toEqual([]);
  });

  test.each(FAULTS)(
    'with "%s" at one symbol is answered as promised, and harms no other',
    async (fault) => {
      const report = await scanWith(fault);
      expectSound(report, SYMBOLS);
      expect(fateOf(report, SICK)).toBe(FATES[fault]);
      const before = await healthy;
      for (const symbol of SYMBOLS.filter((each) => each !== SICK)) {
        expect(placeOf(report, symbol) === placeOf(before, symbol)).toBe(true);
      }
    },
  );

  test.each(['forming-candle', 'future-candle'] as const)(
    'with "%s" shows the future to nobody',
    async (fault) => {
      expect(placeOf(await scanWith(fault), SICK) === placeOf(await healthy, SICK)).toBe(true);
    },
  );

  test('has the same faults for the same seed and moment, and about as many as it was told', () => {
    const symbols = Array.from({ length: 1_000 }, (_, i) => `S${i}/USDT`);
    const faults = (seed: number, asOf: number): (Fault | undefined)[] =>
      symbols.map((symbol) => chaoticProvider(source, { seed, share: 0.3 }).faultOf(symbol, asOf));
    const drawn = faults(1, END);
    expect(faults(1, END + 1)).toEqual(drawn);
    expect(faults(2, END)).not.toEqual(drawn);
    expect(faults(1, END + 300_000)).not.toEqual(drawn);
    const sick = drawn.filter((fault) => fault !== undefined);
    expect(sick.length).toBeGreaterThan(250);
    expect(sick.length).toBeLessThan(350);
    expect(new Set(sick)).toEqual(new Set(FAULTS));
  });

  test('offers what the provider underneath offers', () => {
    const { fetchOrderBook: _, fetchTrades: __, ...plain } = passThrough(source);
    expect(chaoticProvider(plain).fetchOrderBook).toBeUndefined();
    expect(chaoticProvider(plain).fetchTrades).toBeUndefined();
    expect(() => chaoticProvider(plain, { share: 2 })).toThrow(/share must be from 0 to 1/);
  });
});
