import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScannerError, type ScannerErrorCode } from '../../src/errors.js';
import { sleep } from '../../src/parallel/deadline.js';
import type { DataProvider } from '../../src/ports/data-provider.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { settle, VirtualTimers } from '../parallel/virtual-timers.js';
import { expectSound, timeless } from '../scanner/invariants.js';
import {
  END,
  inventMarket,
  MINUTE,
  provide,
  randomFrom,
  SETTINGS,
} from '../scanner/invented-market.js';

const SYMBOLS = ['A/USDT', 'B/USDT', 'C/USDT', 'D/USDT', 'E/USDT'];
const DEADLINE_MS = 20_000;
const SCANS = 4;

type Fault = ScannerErrorCode | 'foreign' | 'hang' | 'slow' | 'garbage';

const CANDLE_FAULTS: readonly Fault[] = [
  'network',
  'rate_limit',
  'bad_data',
  'unsupported',
  'aborted',
  'foreign',
  'hang',
  'slow',
  'garbage',
];

/** What goes wrong with which call, drawn from a seed; nothing without one. */
class Faults {
  readonly #random: () => number;
  readonly #timers: VirtualTimers;
  /** Symbols that met a fault since the last {@link Faults.forget}. */
  readonly struck = new Set<string>();
  #aim: ReadonlySet<string> = new Set();

  constructor(seed: number | undefined, timers: VirtualTimers) {
    this.#random = seed === undefined ? () => 1 : randomFrom(seed);
    this.#timers = timers;
  }

  forget(): void {
    this.struck.clear();
    this.#aim = new Set(SYMBOLS.filter(() => this.#random() < 0.5));
  }

  async strike<T>(symbol: string, honest: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (!this.#aim.has(symbol) || this.#random() < 0.5) return honest();
    this.struck.add(symbol);
    const fault = CANDLE_FAULTS[Math.floor(this.#random() * CANDLE_FAULTS.length)];
    if (fault === 'hang') return new Promise(() => {});
    if (fault === 'garbage') return { close: 'no series' } as T;
    if (fault === 'foreign') throw new TypeError('fetch failed');
    if (fault === 'slow') {
      await sleep(this.#random() * 8_000, this.#timers, signal);
      return honest();
    }
    throw new ScannerError(fault, `injected ${fault}`);
  }
}

function faulty(honest: DataProvider, faults: Faults): DataProvider {
  return {
    ...honest,
    fetchCandles: (symbol, timeframe, limit, options) =>
      faults.strike(
        symbol,
        () => honest.fetchCandles(symbol, timeframe, limit, options),
        options?.signal,
      ),
    fetchOrderBook: (symbol, depth, options) =>
      faults.strike(
        symbol,
        async () => (await honest.fetchOrderBook?.(symbol, depth, options)) as never,
        options?.signal,
      ),
  };
}

interface Trace {
  readonly reports: readonly ScanReport[];
  readonly struck: readonly ReadonlySet<string>[];
}

/** Some scans, a minute of market time apart, over a source with faults. */
async function simulate(seed: number | undefined): Promise<Trace> {
  const timers = new VirtualTimers();
  const faults = new Faults(seed, timers);
  const honest = provide(SYMBOLS.map((symbol, i) => inventMarket(symbol, 60 + i, 1_600)));
  let now = END - SCANS * MINUTE;
  await using scanner = new EnhancedMarketScanner({
    provider: faulty(honest, faults),
    config: { ...SETTINGS, deadlineMs: DEADLINE_MS, symbolTimeoutMs: 9_000, concurrency: 2 },
    clock: () => now,
    timers,
  });
  const reports: ScanReport[] = [];
  const struck: Set<string>[] = [];
  for (let i = 0; i < SCANS; i++) {
    now += MINUTE;
    faults.forget();
    const scanning = scanner.scan();
    await timers.advance(DEADLINE_MS);
    const report = await scanning;
    expect(report.durationMs).toBeLessThanOrEqual(DEADLINE_MS);
    expect(timers.pending).toBe(0);
    expectHealthTells(scanner, report);
    reports.push(report);
    struck.push(new Set(faults.struck));
  }
  return { reports, struck };
}

function expectHealthTells(scanner: EnhancedMarketScanner, report: ScanReport): void {
  const { status, activeSymbols } = scanner.health();
  const { failures, scanned } = report;
  const expected = failures.length === 0 ? 'ok' : scanned === 0 ? 'down' : 'degraded';
  expect({ status, activeSymbols }).toEqual({ status: expected, activeSymbols: scanned });
}

describe('a source in which anything fails', () => {
  test('leaves every scan whole, on time, and the symbols it spares untouched', async () => {
    const twins = (await simulate(undefined)).reports;
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e9 }), async (seed) => {
        const { reports, struck } = await simulate(seed);
        for (const [i, report] of reports.entries()) {
          expectSound(report, SYMBOLS);
          const spared = SYMBOLS.filter((symbol) => !struck[i].has(symbol));
          for (const list of ['signals', 'rejections'] as const) {
            const kept = (from: ScanReport): unknown[] =>
              [...from[list]].filter(({ symbol }) => spared.includes(symbol)).sort(bySymbol);
            expect(kept(report)).toEqual(kept(twins[i]));
          }
          for (const { symbol, error } of report.failures) {
            expect(struck[i]).toContain(symbol);
            met.add(error.code);
          }
        }
      }),
      { numRuns: 25 },
    );
    expect([...met]).toEqual(expect.arrayContaining(['network', 'timeout', 'bad_data']));
  });

  test('leaves the same trace for the same seed', async () => {
    const [first, second] = [await simulate(77), await simulate(77)];
    expect(first.reports.map(timeless)).toEqual(second.reports.map(timeless));
    await settle();
  });
});

function bySymbol(a: { readonly symbol: string }, b: { readonly symbol: string }): number {
  return a.symbol < b.symbol ? -1 : 1;
}
