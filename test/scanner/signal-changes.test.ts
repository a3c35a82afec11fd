import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import {
  type SignalChange,
  signalChanges,
  type ToldSignals,
} from '../../src/scanner/signal-changes.js';
import { VirtualTimers } from '../parallel/virtual-timers.js';
import { rejection, report, signal } from '../report/market-fixture.js';

const MINUTE = 60_000;
const A = signal({ symbol: 'A/USDT', score: 0.5 });

/** A report of the fixture's moment and so many minutes. */
function at(minutes: number, found: Partial<ScanReport>): ScanReport {
  const empty = { signals: [], rejections: [], failures: [] };
  return report({ ...empty, ...found, asOf: minutes * MINUTE });
}

/** What is told of a row of reports, in short. */
function tell(...reports: readonly ScanReport[]): string[][] {
  let told: ToldSignals = new Map();
  return reports.map((each) => {
    const news = signalChanges(told, each);
    told = news.told;
    return news.changes.map((change) =>
      change.kind === 'expired'
        ? `- ${change.symbol} ${change.reason}`
        : `${change.kind} ${change.symbol} ${change.signal.score}`,
    );
  });
}

describe('news of successive reports', () => {
  test('are told once', () => {
    expect(tell(at(0, { signals: [A] }), at(1, { signals: [A] }))).toEqual([
      ['new A/USDT 0.5'],
      [],
    ]);
  });

  test('add up: many small moves are news once they are a large one', () => {
    const scores = [0.5, 0.51, 0.519, 0.52, 0.53, 0.539, 0.541];
    const reports = scores.map((score, i) => at(i, { signals: [{ ...A, score }] }));
    expect(tell(...reports).flat()).toEqual([
      'new A/USDT 0.5',
      'updated A/USDT 0.52',
      'updated A/USDT 0.541',
    ]);
  });

  test('are told of a signal that turned, however little its score moved', () => {
    const turned = { ...A, direction: 'short' as const };
    expect(tell(at(0, { signals: [A] }), at(1, { signals: [turned] }))[1]).toHaveLength(1);
  });

  test('say which rule ended a signal, and call it new when it comes back', () => {
    const out = rejection({ symbol: A.symbol, rule: 'min-score' });
    const reports = [
      { signals: [A] },
      { rejections: [out] },
      { rejections: [out] },
      { signals: [A] },
    ];
    expect(tell(...reports.map((found, i) => at(i, found)))).toEqual([
      ['new A/USDT 0.5'],
      ['- A/USDT min-score'],
      [],
      ['new A/USDT 0.5'],
    ]);
  });

  test('wait for a symbol that fails, but not for ever', () => {
    const error = new ScannerError('timeout', 'late');
    const failed = { failures: [{ symbol: A.symbol, error }] };
    expect(tell(at(0, { signals: [A] }), at(4, failed), at(4.5, { signals: [A] }))).toEqual([
      ['new A/USDT 0.5'],
      [],
      [],
    ]);
    expect(tell(at(0, { signals: [A] }), at(5, failed))[1]).toEqual(['- A/USDT unreadable']);
  });

  test('of a watch rebuild the signals of each report, and nothing is told twice', async () => {
    const provider = syntheticProvider({ seed: 3, symbols: 10 });
    const timers = new VirtualTimers();
    const scanner = new EnhancedMarketScanner({
      provider,
      timers,
      config: { scanIntervalMs: 1_000 },
    });
    const told: SignalChange[] = [];
    scanner.on('change', (change) => told.push(change));
    const known = new Set<string>();
    let reports = 0;
    for await (const { signals } of scanner.watch()) {
      for (const { kind, symbol } of told.splice(0)) {
        expect(known.has(symbol)).toBe(kind !== 'new');
        if (kind === 'expired') known.delete(symbol);
        else known.add(symbol);
      }
      expect([...known].sort()).toEqual(signals.map(({ symbol }) => symbol).sort());
      if (++reports === 5) break;
      provider.advance(20 * MINUTE);
      setImmediate(() => timers.advance(1_000));
    }
    await scanner.close();
  });
});
