import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';
import { changeLines } from '../../src/report/changes.js';
import { columnsOf } from '../../src/report/columns.js';
import { rejectionExplanation, signalExplanation } from '../../src/report/explanation.js';
import { universeLines } from '../../src/report/funnel-text.js';
import { planLines } from '../../src/report/plan-text.js';
import { scanLines, summaryLines } from '../../src/report/text.js';
import type { ScanPlan } from '../../src/scanner/scan-plan.js';
import { signalChanges } from '../../src/scanner/signal-changes.js';
import { ANALYSIS, rejection, report, SHORT, signal } from './market-fixture.js';

const page = (width: number) => ({ colors: picocolors.createColors(false), width });

const SUMMARY = {
  timestamp: Date.UTC(2024, 4, 1),
  totalSymbols: 64,
  scannedSymbols: 41,
  marketSentiment: 'bullish',
  sentimentScore: 0.214,
  breadth: 0.61,
  volatilityIndex: 0.8312,
  volumeTrends: { rising: 17, falling: 10, steady: 14 },
  regime: 'bull',
  topOpportunities: [signal(), SHORT],
} as const;

const CANDLES = { name: 'bitget/candles', weight: 20, perMs: 1_000 };
const ALL = { name: 'bitget', weight: 6_000, perMs: 60_000 };

const PLAN: ScanPlan = {
  asOf: Date.UTC(2024, 4, 1),
  symbols: 30,
  first: {
    requests: 188,
    byKind: [
      { kind: 'time', requests: 1 },
      { kind: 'markets', requests: 6 },
      { kind: 'tickers', requests: 1 },
      { kind: 'candles', requests: 150 },
      { kind: 'orderBook', requests: 30 },
    ],
    limits: [
      { limit: CANDLES, weight: 150, spentMs: 9_250 },
      { limit: ALL, weight: 188, spentMs: 0 },
    ],
    expectedMs: 9_550,
  },
  repeated: { requests: 0, byKind: [], limits: [], expectedMs: 0 },
};

/** What each page says, written out in full beside this file. */
const PAGES: Readonly<Record<string, (width: number) => readonly string[]>> = {
  scan: (width) => scanLines(report(), 'synthetic:7', page(width)),
  'scan-empty': (width) =>
    scanLines(report({ signals: [], rejections: [], failures: [] }), 'files:x', page(width)),
  universe: (width) => universeLines(report(), 'synthetic:7', page(width)),
  summary: (width) => summaryLines(SUMMARY, 'synthetic:7', page(width)),
  plan: (width) => planLines(PLAN, 'ccxt:bitget', page(width)),
  'explain-signal': (width) => signalExplanation(signal(), ANALYSIS.readings, page(width)),
  'explain-short': (width) => signalExplanation(SHORT, new Map(), page(width)),
  'explain-unread': (width) => rejectionExplanation(rejection(), undefined, page(width)),
  'explain-rejection': (width) => rejectionExplanation(rejection(), ANALYSIS, page(width)),
};

describe.each(Object.entries(PAGES))('the page %s', (name, lines) => {
  test('says what is written in its file', async () => {
    const text = `${lines(100).join('\n')}\n`;
    await expect(text).toMatchFileSnapshot(`pages/${name}.txt`);
  });

  test.each([80, 100, 120])('fits %d columns', (width) => {
    expect(lines(width).filter((line) => columnsOf(line) > width)).toEqual([]);
  });
});

/** What a later report adds to the one of the fixture. */
function newsLines(after: ReturnType<typeof report>): readonly string[] {
  const { told } = signalChanges(new Map(), report());
  return changeLines(after, signalChanges(told, after).changes, page(100));
}

describe('changes from one report to the next', () => {
  const changes = (after: Parameters<typeof report>[0]) => newsLines(report(after)).slice(1);

  test('nothing new is said in one line', () => {
    expect(newsLines(report())).toEqual(['2024-05-01 00:00 UTC 2 signals, nothing new']);
  });

  test('a signal that came is announced with its reason', () => {
    const came = signal({ symbol: 'SOL/USDT', score: 0.5 });
    expect(changes({ signals: [signal(), came, SHORT] })).toEqual([
      expect.stringMatching(/^ {2}\+ SOL\/USDT long 0\.500 at 35\.22, trend \+0\.35/),
    ]);
  });

  test('a signal that went says which rule rejected it', () => {
    const gone = rejection({ symbol: SHORT.symbol, rule: 'min-score' });
    expect(changes({ signals: [signal()], rejections: [gone] })).toEqual([
      '  - 1000SATS/USDT rejected by min-score',
    ]);
  });

  test('a score that moved says by how much, and a small move is no news', () => {
    expect(changes({ signals: [signal({ score: 0.7 }), SHORT] })).toEqual([
      '  ~ AVAX/USDT long 0.700 (+0.088)',
    ]);
    expect(changes({ signals: [signal({ score: 0.62 }), SHORT] })).toEqual([]);
  });

  test('a signal that turned is marked', () => {
    const turned = { ...SHORT, direction: 'long' } as const;
    expect(changes({ signals: [signal(), turned] })).toEqual([
      expect.stringMatching(/^ {2}! 1000SATS\/USDT long/),
    ]);
  });
});
