import { expect, test } from 'vitest';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { scoreChanges } from '../../src/scanner/score-changes.js';

const provider = syntheticProvider({ symbols: 20 });
const scanner = new EnhancedMarketScanner({ provider, config: { minChange24h: 0 } });

function microPoints({ signals }: ScanReport, symbol: string): number {
  const signal = signals.find((each) => each.symbol === symbol);
  return signal === undefined ? 0 : signal.score * 1e6;
}

test('the parts of every change add up to the difference of the scores, exactly', async () => {
  let before = await scanner.scan();
  for (let hour = 0; hour < 6; hour++) {
    provider.advance(3_600_000);
    const after = await scanner.scan();
    const changes = scoreChanges(before, after);
    expect(changes.length).toBeGreaterThan(0);
    for (const { symbol, microPoints: moved, parts, rankAfter } of changes) {
      const sum = parts.reduce((total, part) => total + part.microPoints, 0);
      expect(sum).toBe(microPoints(after, symbol) - microPoints(before, symbol));
      expect(moved).toBe(sum);
      expect(rankAfter === undefined ? undefined : after.signals[rankAfter - 1].symbol).toBe(
        rankAfter === undefined ? undefined : symbol,
      );
    }
    before = after;
  }
});

test('a report has not changed against itself', async () => {
  const report = await scanner.scan();
  expect(scoreChanges(report, report)).toEqual([]);
});
