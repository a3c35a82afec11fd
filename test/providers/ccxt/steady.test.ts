import { describe, expect, it } from 'vitest';
import type { CachedProvider, CachedProviderOptions } from '../../../src/providers/cached.js';
import { cachedProvider } from '../../../src/providers/cached.js';
import type { CcxtProviderOptions } from '../../../src/providers/ccxt/provider-options.js';
import type { ScannerConfigInput } from '../../../src/scanner/config.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../../src/scanner/scan-report.js';
import { defaultFactors } from '../../../src/scoring/factors/default-factors.js';
import { timeless } from '../../scanner/invariants.js';
import { TurnTimers } from '../../stand-in-exchange/turn-timers.js';
import { type Connected, connect, NOW } from './ccxt-stand-in.js';

const LATENCY_MS = 80;
const BOOKS_AND_CANDLES = defaultFactors.filter(({ needs }) => !needs.includes('trades'));
const CONFIG: ScannerConfigInput = {
  ...{ minQuoteVolume24h: 0, minChange24h: 0, maxSpreadBps: 10_000, orderBookDepth: 15 },
  ...{ concurrency: 30, symbolTimeoutMs: 300_000, deadlineMs: 300_000 },
};

interface Running extends Connected {
  readonly timers: TurnTimers;
  readonly scanner: EnhancedMarketScanner;
  readonly cached: CachedProvider;
  /** Scans, and gives the report and the requests it took. */
  scan(): Promise<{ readonly report: ScanReport; readonly requests: number }>;
}

interface RunningOptions {
  readonly symbols: number;
  readonly live: boolean;
  readonly leavesOutSilence?: boolean;
  readonly config?: ScannerConfigInput;
}

/** A scanner over a cache over the real ccxt client over a stand-in with the latency of a real exchange, its clock going on. */
async function running(asked: RunningOptions): Promise<Running> {
  const { symbols, live, leavesOutSilence = false, config } = asked;
  const timers = new TurnTimers(2);
  const now = (): number => NOW + 20_000 + timers.elapsed();
  const provider: CcxtProviderOptions = { streamBooks: live, streamHistory: live };
  const connected = await connect({
    ...{ exchange: 'bitget', symbols, timers, now, provider, latencyMs: LATENCY_MS },
    leavesOutSilence,
  });
  const options: CachedProviderOptions = { live, timers };
  const cached = cachedProvider(connected.provider, options);
  const scanner = new EnhancedMarketScanner({
    ...{ provider: cached, timers, factors: BOOKS_AND_CANDLES },
    config: { ...CONFIG, ...config },
  });
  const { standIn } = connected;
  return {
    ...{ ...connected, timers, scanner, cached },
    async scan() {
      const before = standIn.requests.length;
      const report = await scanner.scan();
      // Some of many invented markets are too young to have candles.
      const faults = report.failures.filter(({ error }) => error.code !== 'insufficient_data');
      expect(faults).toEqual([]);
      return { report, requests: standIn.requests.length - before };
    },
    async [Symbol.asyncDispose]() {
      await scanner.close();
      await connected[Symbol.asyncDispose]();
    },
  };
}

/** What a scanner without any memory makes of the same moment. */
async function coldReport(
  { standIn, timers }: Running,
  asOf: number,
  asked: Partial<RunningOptions> = {},
): Promise<ScanReport> {
  const now = (): number => asOf;
  const { leavesOutSilence = false } = asked;
  await using connected = await connect({
    ...{ exchange: 'bitget', symbols: standIn.market.markets.size, timers, now, leavesOutSilence },
  });
  const config = { ...CONFIG, ...asked.config };
  const scanner = new EnhancedMarketScanner({
    ...{ provider: connected.provider, timers, factors: BOOKS_AND_CANDLES, config },
  });
  return await scanner.scan();
}

describe('a scan that is repeated', () => {
  it('of 30 symbols asks for tickers, newest candles and books, and nothing else', async () => {
    await using process = await running({ symbols: 30, live: false });
    const { timers, standIn } = process;
    const first = await process.scan();
    expect(first.requests).toBe(1 + 6 + 1 + 150 + 30);
    for (let i = 0; i < 2; i++) {
      await timers.pass(60_000);
      const { requests } = await process.scan();
      expect(requests).toBe(1 + 30 + 30);
    }
    expect(standIn.worstWindow).toBeLessThanOrEqual(1);
  });

  it('of 30 symbols over streams asks for tickers alone, and sees what a cold scan sees', async () => {
    await using process = await running({ symbols: 30, live: true });
    const { timers, standIn, cached } = process;
    const cold = await process.scan();
    // Listing and time, tickers, and books until they are pushed: the candles came with their subscriptions.
    expect(cold.requests).toBe(1 + 6 + 1 + 30);
    await timers.pass(130_000);
    await process.scan();
    await timers.pass(60_000);
    const { requests, report } = await process.scan();
    expect(requests).toBe(1);
    const unaided = await coldReport(process, report.asOf);
    expect(timeless(report) === timeless(unaided)).toBe(true);
    expect(cached.statistics().corrections).toBe(0);
    expect(standIn.worstWindow).toBeLessThanOrEqual(1);
    expect(standIn.streams.mostChannels).toBeLessThanOrEqual(50);
  });
});

describe('a scan of markets of which some are quiet', () => {
  // Of 64 invented markets three are thin, one is dead and one is halted.
  it.each([
    { leavesOutSilence: false, quietly: 'flat candles' },
    { leavesOutSilence: true, quietly: 'no candles' },
  ])(
    'asks for tickers and audits, and sees what a cold scan sees, where silence makes $quietly',
    async ({ leavesOutSilence }) => {
      const config: ScannerConfigInput = { timeframes: ['1m', '5m', '15m'], candleLimit: 60 };
      const asked = { symbols: 64, live: true, leavesOutSilence, config };
      await using process = await running(asked);
      const { timers, standIn, cached } = process;
      await process.scan();
      await timers.pass(60_000);
      await process.scan();
      await timers.pass(60_000);
      await process.scan();
      let newest: ScanReport | undefined;
      const counted: number[] = [];
      for (let minute = 0; minute < 3; minute++) {
        await timers.pass(60_000);
        const { audits } = cached.statistics();
        const { requests, report } = await process.scan();
        counted.push(requests - 1 - (cached.statistics().audits - audits));
        newest = report;
      }
      expect(counted).toEqual([0, 0, 0]);
      const { quiet, corrections } = cached.statistics();
      expect(quiet).toBeGreaterThanOrEqual(3);
      expect(corrections).toBe(0);
      expect(newest).toBeDefined();
      const unaided = await coldReport(process, newest?.asOf ?? 0, asked);
      expect(timeless(newest as ScanReport) === timeless(unaided)).toBe(true);
      expect(standIn.worstWindow).toBeLessThanOrEqual(1);
    },
  );
});

describe('a scan of symbols on several connections', () => {
  // Of 600 symbols and for an hour: bench/streams-hour.bench.ts.
  it('takes one request once they are followed, within every limit of the exchange', async () => {
    const config = { timeframes: ['1m'], candleLimit: 50 } as const;
    await using process = await running({ symbols: 130, live: true, config });
    const { timers, standIn } = process;
    await process.scan();
    await timers.pass(60_000);
    await process.scan();
    for (let i = 0; i < 2; i++) {
      await timers.pass(60_000);
      const { requests, report } = await process.scan();
      expect(report.scanned).toBeGreaterThan(125);
      expect(requests).toBeLessThanOrEqual(3);
    }
    expect(standIn.worstWindow).toBeLessThanOrEqual(1);
    const { streams } = standIn;
    expect(streams.mostChannels).toBeLessThanOrEqual(50);
    expect(streams.mostMessagesInASecond).toBeLessThanOrEqual(10);
    expect(Math.max(...streams.connections.map(({ subscribes }) => subscribes))).toBeLessThan(240);
  });
});

describe('a watch on closing candles', () => {
  it('reports each minute once, right after its close, with one request', async () => {
    await using process = await running({ symbols: 4, live: true });
    const { scanner, standIn } = process;
    const moments: number[] = [];
    const requests: number[] = [];
    for await (const report of scanner.watch({ on: '1m' })) {
      moments.push(report.asOf);
      requests.push(standIn.requests.length);
      if (moments.length === 6) break;
    }
    const minutes = moments.map((moment) => Math.floor((moment - NOW) / 60_000));
    expect(minutes).toEqual([0, 1, 2, 3, 4, 5]);
    for (const moment of moments.slice(1)) expect(moment % 60_000).toBeLessThan(1_000);
    expect(requests.slice(3).map((count, i) => count - requests[i + 2])).toEqual([1, 1, 1]);
  });
});
