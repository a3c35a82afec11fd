import { describe, expect, test } from 'vitest';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { chaoticProvider, FAULTS, type Fault } from '../../src/testing/chaotic-provider.js';
import { VirtualTimers } from '../parallel/virtual-timers.js';
import { expectSound, timeless } from '../scanner/invariants.js';
import { END, inventMarket, MINUTE, provide, SETTINGS } from '../scanner/invented-market.js';

const SYMBOLS = ['A/USDT', 'B/USDT', 'C/USDT', 'D/USDT', 'E/USDT', 'F/USDT'];
const DEADLINE_MS = 20_000;
const SCANS = 40;
const SEEDS = [1, 2, 3, 4, 5, 6];
/** Candles with these must never become a signal, whatever they say. */
const UNFIT: ReadonlySet<Fault> = new Set(['stale-candles', 'no-candles', 'price-jump']);
/** What is wrong here a scanner can leave out without loss: a candle that is not closed. */
const HARMLESS: ReadonlySet<Fault> = new Set(['forming-candle', 'future-candle']);

const source = provide(SYMBOLS.map((symbol, i) => inventMarket(symbol, 60 + i, 1_600)));

interface Scanned {
  readonly report: ScanReport;
  readonly faults: ReadonlyMap<string, Fault>;
}

/** Many scans, two minutes of market time apart, over a source in which a share of the symbols has a fault at a time. */
async function simulate(seed: number, share: number): Promise<readonly Scanned[]> {
  const timers = new VirtualTimers();
  const provider = chaoticProvider(source, { seed, share });
  let now = END - SCANS * 2 * MINUTE;
  const scanner = new EnhancedMarketScanner({
    ...{ provider, timers, clock: () => now },
    config: { ...SETTINGS, deadlineMs: DEADLINE_MS, symbolTimeoutMs: 6_000, concurrency: 2 },
  });
  const scans: Scanned[] = [];
  for (let i = 0; i < SCANS; i++) {
    now += 2 * MINUTE;
    const scanning = scanner.scan();
    await timers.advance(DEADLINE_MS);
    const report = await scanning;
    expectOnTimeAndTruthful(scanner, report);
    const faults = SYMBOLS.flatMap((symbol) => {
      const fault = provider.faultOf(symbol, report.asOf);
      return fault === undefined ? [] : [[symbol, fault] as const];
    });
    scans.push({ report, faults: new Map(faults) });
    expect(timers.pending).toBe(0);
  }
  await scanner.close();
  expect(timers.pending).toBe(0);
  return scans;
}

function expectOnTimeAndTruthful(scanner: EnhancedMarketScanner, report: ScanReport): void {
  const { failures, scanned, durationMs } = report;
  expect(durationMs).toBeLessThanOrEqual(DEADLINE_MS);
  const expected = failures.length === 0 ? 'ok' : scanned === 0 ? 'down' : 'degraded';
  const { status, activeSymbols, lastScanAt } = scanner.health();
  expect({ status, activeSymbols, lastScanAt }).toEqual({
    ...{ status: expected, activeSymbols: scanned },
    lastScanAt: report.startedAt,
  });
}

function isHarmless(fault: Fault | undefined): boolean {
  return fault === undefined || HARMLESS.has(fault);
}

function placesOf({ signals, rejections }: ScanReport, symbols: ReadonlySet<string>): unknown {
  const kept = (list: readonly { readonly symbol: string }[]): unknown =>
    list
      .filter(({ symbol }) => symbols.has(symbol))
      .toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  return [kept(signals), kept(rejections)];
}

/** What a scan may say beside the one of a source without faults. */
function expectSpared({ report, faults }: Scanned, twin: ScanReport): void {
  const spared = new Set(SYMBOLS.filter((symbol) => isHarmless(faults.get(symbol))));
  expect(placesOf(report, spared)).toEqual(placesOf(twin, spared));
  for (const { symbol } of report.failures) expect([...faults.keys()]).toContain(symbol);
  for (const { symbol } of report.signals) expect(UNFIT).not.toContain(faults.get(symbol));
}

describe('a chaotic source', () => {
  test('costs the symbols with a fault and no other, scan after scan', async () => {
    const twin = await simulate(0, 0);
    const met = new Set<Fault>();
    for (const seed of SEEDS) {
      for (const [i, scanned] of (await simulate(seed, 0.4)).entries()) {
        expectSound(scanned.report, SYMBOLS);
        expectSpared(scanned, twin[i].report);
        for (const fault of scanned.faults.values()) met.add(fault);
      }
    }
    expect([...met].toSorted()).toEqual(FAULTS.toSorted());
  });

  test('takes the same course with the same seed', async () => {
    const [first, second] = [await simulate(9, 0.5), await simulate(9, 0.5)];
    expect(first.map(({ report }) => timeless(report))).toEqual(
      second.map(({ report }) => timeless(report)),
    );
  });
});
