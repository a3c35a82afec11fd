import { describe, expect, it } from 'vitest';
import { cachedProvider } from '../../../src/providers/cached.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import { TurnTimers } from '../../stand-in-exchange/turn-timers.js';
import { connect } from './ccxt-stand-in.js';

const OPEN = { minQuoteVolume24h: 0, minChange24h: 0, maxSpreadBps: 10_000 };
const CONFIG = { ...OPEN, concurrency: 10, symbolTimeoutMs: 300_000, deadlineMs: 300_000 };
const ROUND_TRIP_MS = 80;

describe('the plan of a scan', () => {
  it.each([
    ['bitget', 40],
    ['binanceusdm', 10],
  ] as const)('of %s is what the scan then asks and takes', async (exchange, symbols) => {
    const timers = new TurnTimers();
    await using connected = await connect({
      ...{ exchange, symbols, timers, latencyMs: ROUND_TRIP_MS },
    });
    const { standIn } = connected;
    const provider = cachedProvider(connected.provider);
    await using scanner = new EnhancedMarketScanner({ provider, timers, config: CONFIG });
    const plan = await scanner.plan({ roundTripMs: ROUND_TRIP_MS });
    const asked = standIn.requests.length;
    // What the plan had to learn is known when the scan begins.
    const known = plan.first.byKind.filter(({ kind }) => kind === 'time' || kind === 'markets');
    const knownRequests = known.reduce((sum, { requests }) => sum + requests, 0);

    const first = await scanner.scan();
    expect(plan.symbols).toBe(first.scanned);
    expect(standIn.requests.length - asked).toBe(plan.first.requests - knownRequests);
    const expected = plan.first.expectedMs - known.length * ROUND_TRIP_MS;
    expect(first.durationMs / expected).toBeGreaterThan(0.8);
    expect(first.durationMs / expected).toBeLessThan(1.3);

    await timers.pass(60_000);
    const before = standIn.requests.length;
    const second = await scanner.scan();
    expect(standIn.requests.length - before).toBe(plan.repeated.requests);
    expect(second.durationMs / plan.repeated.expectedMs).toBeLessThan(1.3);
    expect(standIn.worstWindow).toBeLessThanOrEqual(1);
  });

  it('counts what each limit is charged', async () => {
    await using connected = await connect({ exchange: 'binanceusdm', symbols: 3 });
    const { provider } = connected;
    await using scanner = new EnhancedMarketScanner({
      provider,
      config: { ...CONFIG, timeframes: ['1m', '1h'] },
    });
    const { first } = await scanner.plan();
    expect(first.byKind).toEqual([
      { kind: 'time', requests: 1 },
      { kind: 'markets', requests: 1 },
      { kind: 'tickers', requests: 2 },
      { kind: 'candles', requests: 6 },
      { kind: 'orderBook', requests: 3 },
      { kind: 'trades', requests: 3 },
    ]);
    expect(first.requests).toBe(16);
    expect(first.limits.map(({ limit, weight }) => [limit.weight, weight])).toEqual([
      // Time and listing 1 each, tickers 40 and 5, candles 2 each, books of 50 levels 2, trades 20.
      [2_400, 2 + 45 + 6 * 2 + 3 * 2 + 3 * 20],
    ]);
  });
});
