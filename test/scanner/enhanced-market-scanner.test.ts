import { describe, expect, test } from 'vitest';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';

/** A report without its timings. */
function timeless(report: ScanReport): string {
  return JSON.stringify({ ...report, startedAt: 0, durationMs: 0 });
}

describe('EnhancedMarketScanner', () => {
  test('scans the synthetic exchange to ranked signals, each symbol in one place', async () => {
    const provider = syntheticProvider({ seed: 1, symbols: 24 });
    await using scanner = new EnhancedMarketScanner({ provider });
    const report = await scanner.scan();
    const symbols = (await provider.fetchMarkets()).map(({ symbol }) => symbol);
    const places = [report.signals, report.rejections, report.failures].flat();
    expect(places.map(({ symbol }) => symbol).toSorted()).toEqual(symbols.toSorted());
    expect(report.complete).toBe(true);
    expect(report.signals.length).toBeGreaterThan(0);
    const scores = report.signals.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test('gives the same bytes for the same seed, apart from timings, warm or cold', async () => {
    const make = (): EnhancedMarketScanner =>
      new EnhancedMarketScanner({ provider: syntheticProvider({ seed: 3, symbols: 16 }) });
    await using first = make();
    await using second = make();
    const report = timeless(await first.scan());
    expect(timeless(await second.scan())).toBe(report);
    expect(timeless(await second.scan())).toBe(report);
  });
});
