/**
 * Whole scans from data in memory: five timeframes, book and trades of each symbol, all default factors.
 *
 * Goals: 1,000 symbols cold in 1 s, 25 microseconds a symbol for a scan that brings one
 * new 1m candle, and no heap growth over 100 warm scans. Data is served as views, so what is measured is the scanner.
 */
import {
  type DataProvider,
  EnhancedMarketScanner,
  type ScannerConfigInput,
  type ScanReport,
} from '../dist/index.js';
import { median } from './interleave.js';
import { report } from './report.js';
import { MINUTE, marketOf, newest, START, shape, tickerOf } from './shapes.js';

const SYMBOLS = 1_000;
const universe = { minQuoteVolume24h: 0, minChange24h: 0, maxSpreadBps: 1_000 };
/** Caps that every candidate fits under: what a scan costs apart from saying of each that is left out what would let it in. */
const wide = { ...universe, maxPositions: 10_000, maxTotalRisk: 1, maxGrossNotional: 10_000 };

const shapes = Array.from({ length: 25 }, (_, i) => shape(i + 1));
const provider = serve();
let now = START;

function scanner(
  config: ScannerConfigInput = { ...wide, riskPerTrade: 1e-4 },
): EnhancedMarketScanner {
  return new EnhancedMarketScanner({ provider, config, clock: () => now });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

async function main(): Promise<void> {
  const cold: number[] = [];
  for (let round = 0; round < 7; round++) cold.push(await timed(() => scanner().scan()));

  const kept = scanner();
  const same: number[] = [];
  const fresh: number[] = [];
  await kept.scan();
  for (let minute = 0; minute < 40; minute++) {
    now += MINUTE;
    fresh.push(await timed(() => kept.scan()));
    same.push(await timed(() => kept.scan()));
  }
  const capped = scanner(universe);
  const choosy: number[] = [];
  for (let i = 0; i < 12; i++) choosy.push(await timed(() => capped.scan()));
  const warm = timeless(await kept.scan());
  if (warm !== timeless(await scanner().scan())) throw new Error('warm and cold disagree');

  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 100; i++) await kept.scan();
  global.gc?.();
  const grown = (process.memoryUsage().heapUsed - before) / 1e6;

  const perSymbol = (ms: readonly number[]): number => (median(ms.slice(2)) * 1_000) / SYMBOLS;
  const row = (name: string, ms: readonly number[], goal: number) => ({
    name,
    'us per symbol': perSymbol(ms),
    goal,
    'ms per scan': median(ms.slice(2)),
  });
  report({
    title: `Scans of ${SYMBOLS} symbols, processor time`,
    notes: [`heap growth over 100 warm scans: ${grown.toFixed(2)} MB, goal: none`],
    rows: [
      row('cold', cold, 1_000),
      row('with one new 1m candle', fresh, 25),
      row('with nothing new', same, 25),
      row('with nothing new, default caps', choosy, 25),
    ],
  });
}

function timeless(found: ScanReport): string {
  return JSON.stringify({ ...found, startedAt: 0, durationMs: 0 });
}

function serve(): DataProvider {
  const symbols = Array.from({ length: SYMBOLS }, (_, i) => `S${i}/USDT`);
  const bySymbol = new Map(symbols.map((symbol, i) => [symbol, shapes[i % shapes.length]]));
  const of = (symbol: string) => bySymbol.get(symbol) ?? shapes[0];
  return {
    id: 'views',
    fetchMarkets: async () => symbols.map(marketOf),
    fetchTickers: async (asked) => asked.map((symbol) => tickerOf(symbol, of(symbol), now)),
    fetchCandles: async (symbol, timeframe, limit) => newest(of(symbol), timeframe, limit, now),
    fetchOrderBook: async (symbol) => of(symbol).book,
    fetchTrades: async (symbol) => of(symbol).trades,
  };
}

await main();
