/**
 * An hour of 600 symbols over the websockets of a stand-in for Bitget, scanned once a minute with the real ccxt client. Time is virtual:
 * it is counted in turns of the event loop, so the hour takes minutes and no other work on the machine can disturb it.
 */
import ccxt from 'ccxt';
import { LocalRateBudget } from '../src/parallel/rate-budget.js';
import { cachedProvider } from '../src/providers/cached.js';
import { ccxtProvider } from '../src/providers/ccxt/ccxt-provider.js';
import { EnhancedMarketScanner } from '../src/scanner/enhanced-market-scanner.js';
import { defaultFactors } from '../src/scoring/factors/default-factors.js';
import { StandInExchange } from '../test/stand-in-exchange/stand-in-exchange.js';
import { TurnTimers } from '../test/stand-in-exchange/turn-timers.js';
import { report } from './report.js';

const [SYMBOLS = 600, MINUTES = 60] = process.argv.slice(2).map(Number);
const MINUTE_MS = 60_000;
const MB = 2 ** 20;
/** Candles of all timeframes close within the first minutes that count, as they do every four hours. */
const BEGIN = Date.UTC(2024, 5, 1, 11, 54) + 20_000;
/** By then every stream is followed and every cache has its size. */
const WARM_UP = Math.ceil(MINUTES / 6);

const timers = new TurnTimers(2);
const now = (): number => BEGIN + timers.elapsed();
const standIn = await StandInExchange.start({
  ...{ exchange: 'bitget', symbols: SYMBOLS, timers, now, latencyMs: 80, pushMs: 30_000 },
  leavesOutSilence: true,
});
const client = new ccxt.pro.bitget({
  options: { fetchMarkets: { types: ['swap'] } },
  // Its deadline and its pings go by the machine's time.
  timeout: 3_600_000,
  streaming: { keepAlive: 3_600_000 },
});
client.milliseconds = now;
const provider = cachedProvider(
  ccxtProvider(client, {
    ...{ marketTypes: ['swap'], baseUrl: standIn.baseUrl, timers, clock: now },
    ...{ budget: new LocalRateBudget(timers), streamBooks: true, streamHistory: true },
  }),
  { live: true, timers },
);
const scanner = new EnhancedMarketScanner({
  ...{ provider, timers },
  factors: defaultFactors.filter(({ needs }) => !needs.includes('trades')),
  config: {
    ...{ minQuoteVolume24h: 0, minChange24h: 0, maxSpreadBps: 10_000, orderBookDepth: 15 },
    ...{ concurrency: 30, symbolTimeoutMs: 600_000, deadlineMs: 600_000 },
  },
});

async function scan(): Promise<{ readonly seconds: number; readonly requests: number }> {
  const before = standIn.requests.length;
  const { durationMs, failures } = await scanner.scan();
  const fault = failures.find(({ error }) => error.code !== 'insufficient_data');
  if (fault !== undefined) throw new Error(fault.error.message, { cause: fault.error });
  return { seconds: durationMs / 1_000, requests: standIn.requests.length - before };
}

function memoryMb(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MB;
}

const cold = await scan();
const usedMb: number[] = [];
let tailsBefore = 0;
let columnsMb = 0;
const later: Awaited<ReturnType<typeof scan>>[] = [];
for (let minute = 1; minute <= MINUTES; minute++) {
  await timers.pass(MINUTE_MS - (now() % MINUTE_MS) + 5_000);
  later.push(await scan());
  columnsMb = Math.max(columnsMb, provider.statistics().bytes / MB);
  if (minute > WARM_UP) usedMb.push(memoryMb());
  else tailsBefore = provider.statistics().tails - provider.statistics().audits;
}
// What is used goes up and down with what the exchange's market remembers; what grows has a floor that rises.
const part = Math.ceil(usedMb.length / 3);
const firstMb = Math.min(...usedMb.slice(0, part));
const lastMb = Math.min(...usedMb.slice(-part));
const { tails, audits, corrections } = provider.statistics();
const repairs = tails - audits - tailsBefore;
const steady = later.slice(WARM_UP);
const { worstWindow, streams } = standIn;
await scanner.close();
await standIn[Symbol.asyncDispose]();

report({
  title: `${MINUTES} minutes of ${SYMBOLS} symbols over websockets, five timeframes of 300 candles or more`,
  notes: [
    'virtual time; requests are those that the exchange counted; candles and books come over streams, tickers by one request',
    'one in twenty markets trades in few minutes or none, of which the exchange has no candle and pushes nothing',
    `tails asked for besides audits: ${repairs}; candles found to be otherwise than was worked out: ${corrections}`,
    `the fullest second at any endpoint: ${worstWindow * 100} % of its limit; most channels on one connection: ${streams.mostChannels}`,
    `memory is that of this whole process, the exchange included: at least ${Math.round(firstMb)} MB in the first third after the first sixth of the time, ${Math.round(lastMb)} MB in the last third`,
  ],
  rows: [
    { name: 'first scan, seconds', value: cold.seconds, goal: '-' },
    { name: 'first scan, requests', value: cold.requests, goal: '-' },
    {
      name: 'later scans, most seconds',
      value: Math.max(...steady.map(({ seconds }) => seconds)),
      goal: '30',
    },
    {
      name: 'later scans, most requests',
      value: Math.max(...steady.map(({ requests }) => requests)),
      goal: '31',
    },
    { name: 'columns of candles, MB', value: columnsMb, goal: '80' },
    { name: 'memory grown, MB', value: lastMb - firstMb, goal: '0' },
  ],
});
