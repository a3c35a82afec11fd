import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test } from 'vitest';
import { backtestReport } from '../../src/backtest/backtest-report.js';
import { signalAnalysisView } from '../../src/mcp/scanner-server/analysis-view.js';
import { healthView } from '../../src/mcp/scanner-server/health-view.js';
import { backtestView, jobView } from '../../src/mcp/scanner-server/job-view.js';
import { scanView } from '../../src/mcp/scanner-server/scan-view.js';
import { serveScanner } from '../../src/mcp/scanner-server/serve-scanner.js';
import { summaryView } from '../../src/mcp/scanner-server/summary-view.js';
import { symbolList } from '../../src/mcp/scanner-server/symbol-list.js';
import { toolResult } from '../../src/mcp/tool-result.js';
import { EMPTY_RUN } from './empty-run.js';
import { scannerWith, signalOf } from './market.js';

/** What the documentation states. */
const MOST_BYTES = 64 * 1024;

const LONG = 'S'.repeat(500);

/** A signal of the longest words, and of numbers that take the most digits. */
const SIGNAL = signalOf(LONG, {
  ...{ score: 1 / 3, baseScore: 1 / 7, confidence: 1 / 9, coverage: 1 / 11 },
  ...{ entryPrice: 1 / 3e9, stopLoss: 1 / 7e9, takeProfit: 1 / 9e9, rewardToRisk: 1 / 3 },
  ...{ riskLevel: 'extreme', marketPhase: 'accumulation' },
  quality: Array.from({ length: 12 }, () => 'stale-candles' as never),
  ledger: Array.from({ length: 40 }, () => ({
    ...{ kind: 'penalty', id: 'microstructure', microPoints: 123_457, reason: LONG },
  })) as never,
});

const SCAN = {
  ...{ id: 'x'.repeat(36), isWhole: true },
  report: {
    ...{ asOf: 1_714_521_600_000, ai: 'unavailable', durationMs: 1 / 3, scanned: 600 },
    signals: Array.from({ length: 300 }, () => SIGNAL),
    rejections: Array.from({ length: 300 }, () => ({ symbol: LONG, rule: 'unaligned-timeframes' })),
    failures: Array.from({ length: 300 }, () => ({
      ...{ symbol: LONG, error: { code: 'insufficient_data' } },
    })),
  },
} as never;

const SUMMARY = {
  ...{ timestamp: 1_714_521_600_000, totalSymbols: 600, scannedSymbols: 600 },
  ...{ marketSentiment: 'strongly-bearish', sentimentScore: 1 / 3, regime: 'volatile' },
  ...{ breadth: 1 / 3, volatilityIndex: 1 / 7, volumeTrends: { rising: 1, falling: 2, steady: 3 } },
  topOpportunities: Array.from({ length: 300 }, () => SIGNAL),
} as never;

const HEALTH = {
  aiServers: Array.from({ length: 100 }, () => 'connecting'),
  scanner: {
    health: () => ({
      ...{ status: 'degraded', reasons: Array.from({ length: 50 }, () => LONG), source: 'ok' },
      ...{ ai: 'unavailable', lastScanAt: 1_714_521_600_000, activeSymbols: 600 },
    }),
    metrics: () => ({ scans: 1e9, errorRate: 1 / 3, meanScanMs: 1 / 7 }),
  },
} as never;

const bySymbol = Array.from({ length: 10 }, () => ({
  ...{ name: LONG, count: 1e6, winRate: 1 / 3, netBps: 1 / 7 },
})) as never;
const JOB = {
  ...{ id: 'x'.repeat(36), state: 'done', progress: 1, error: new Error(LONG) },
  result: backtestView({ ...backtestReport(EMPTY_RUN), bySymbol }),
} as never;

/** The largest answer of each tool. */
const LARGEST: Readonly<Record<string, () => object>> = {
  scan_markets: () => scanView(SCAN, { limit: 50, offset: 0 }),
  get_market_summary: () => summaryView(SUMMARY),
  list_symbols: () => symbolList(SCAN, { limit: 200, offset: 0 }),
  get_health: () => healthView(HEALTH),
  analyze_symbol: () => signalAnalysisView(SIGNAL),
  explain_score: () => signalAnalysisView(SIGNAL),
  backtest: () => jobView(JOB),
  get_job: () => jobView(JOB),
  cancel_job: () => jobView(JOB),
};

test.each(Object.entries(LARGEST))(
  'the largest answer of %s keeps to the stated size',
  async (_, view) => {
    const { isError, content } = await toolResult(view);
    const [block] = content;
    const text = block.type === 'text' ? block.text : '';
    expect(isError).toBeUndefined();
    expect(Buffer.byteLength(text)).toBeGreaterThan(1_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
  },
);

test('every tool has its largest answer here, and what would be larger is a failure that says so', async () => {
  const scanner = scannerWith();
  const backtester = { run: () => new Promise<never>(() => undefined) };
  const service = await serveScanner({ scanner, backtester, port: 0 });
  const client = new Client({ name: 'peer', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(service.url)));
  onTestFinished(async () => {
    await client.close();
    await service.close();
    await scanner.close();
  });
  const { tools } = await client.listTools();
  expect(Object.keys(LARGEST)).toEqual(tools.map(({ name }) => name));
  const tooLarge = await toolResult(() => ({ text: 'x'.repeat(MOST_BYTES) }));
  expect(tooLarge).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/^UNSUPPORTED: .*ask for less at once$/) }],
  });
});
