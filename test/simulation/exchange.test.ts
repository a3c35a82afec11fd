import { inspect } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ScannerConfigInput } from '../../src/scanner/config.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { HealthStatus } from '../../src/scanner/health.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { type Connected, connect, NOW } from '../providers/ccxt/ccxt-stand-in.js';
import { expectSound } from '../scanner/invariants.js';
import { randomFrom } from '../scanner/invented-market.js';
import * as exchange from '../stand-in-exchange/misbehaviour.js';
import { TurnTimers } from '../stand-in-exchange/turn-timers.js';

const { status } = exchange;
const CANARY = 'canary-of-the-simulation';
const MINUTE = 60_000;
const SYMBOLS = ['BTC', 'ETH', 'CYTIS'].map((base) => `${base}/USDT:USDT`);
const SCANS = 24;
const SEEDS = [1, 2, 3];
const DEADLINE_MS = 40_000;
const CONFIG: ScannerConfigInput = {
  ...{ minQuoteVolume24h: 0, minChange24h: 0, maxSpreadBps: 10_000, minScore: 0 },
  ...{ timeframes: ['5m', '1h'], deadlineMs: DEADLINE_MS, symbolTimeoutMs: DEADLINE_MS },
};

/** What goes wrong with one series of one symbol: the others must not notice. */
const OF_A_SERIES = [
  ...[exchange.HTML_PAGE, exchange.EMPTY_BODY, exchange.GARBAGE, exchange.EMPTY_LIST],
  ...[exchange.NULL_DATA, exchange.ROW_WITHOUT_VALUES, exchange.CONFLICT, exchange.OFF_GRID],
  ...[exchange.NO_PRICE, exchange.LOW_ABOVE_HIGH, exchange.FROM_THE_FUTURE, exchange.RESET],
  ...[exchange.STALLED_BODY, exchange.HUNG, status(503)],
  status(400, { code: '40037', msg: `no key ${CANARY}` }),
];
/** What the exchange does to everybody, and for how long it must then be left alone. */
const OF_THE_HOST = [
  {
    misbehaviour: status(429, { code: '429', msg: 'Too Many' }, { 'retry-after': '7' }),
    ms: 7_000,
  },
  { misbehaviour: status(418, 'banned'), ms: 120_000 },
  { misbehaviour: status(403, '<html>denied</html>'), ms: 600_000 },
];

/** What an exchange does for the length of a scan. */
interface Weather {
  /** Symbols that meet a fault of their own. */
  readonly struck: ReadonlySet<string>;
  /** How long everybody must leave it alone after its first refusal; 0 on other days. */
  readonly shutMs: number;
}

const FAIR: Weather = { struck: new Set(), shutMs: 0 };

function drawWeather(random: () => number, { standIn }: Connected): Weather {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const luck = random();
  standIn.behave();
  if (luck > 0.7) return FAIR;
  if (luck < 0.1) {
    const { misbehaviour, ms } = pick(OF_THE_HOST);
    standIn.misbehave('granularity=1H', misbehaviour, 1);
    return { ...FAIR, shutMs: ms };
  }
  const symbol = pick(SYMBOLS);
  const [base] = symbol.split('/');
  standIn.misbehave(`symbol=${base}USDT&granularity=1H`, pick(OF_A_SERIES));
  return { ...FAIR, struck: new Set([symbol]) };
}

interface Scanned extends Weather {
  readonly report: ScanReport;
  readonly health: HealthStatus;
  /** Whether the exchange had to be left alone when the scan began. */
  readonly wasShut: boolean;
  readonly requests: number;
}

interface Course {
  readonly scans: readonly Scanned[];
  readonly worstWindow: number;
  /** Everything that was logged, reported or thrown. */
  readonly output: string;
}

/** Scans of an exchange, five minutes of market time apart, in the weather that the seed has; fair weather without one. */
async function simulate(seed: number | undefined): Promise<Course> {
  const random = seed === undefined ? () => 1 : randomFrom(seed);
  const timers = new TurnTimers(5);
  let now = NOW;
  await using connected = await connect({
    ...{ exchange: 'bitget', symbols: SYMBOLS.length, timers, now: () => now },
    settings: { apiKey: CANARY, secret: CANARY, password: CANARY },
  });
  const { standIn, provider } = connected;
  const heard: unknown[] = [];
  const hear = (...args: unknown[]): void => void heard.push(args);
  const logger = { debug: hear, info: hear, warn: hear, error: hear };
  const scanner = new EnhancedMarketScanner({ provider, timers, logger, config: CONFIG });
  await scanner.initialize();
  const scans: Scanned[] = [];
  let shutUntil = 0;
  for (let i = 0; i < SCANS; i++) {
    now += 5 * MINUTE;
    await timers.pass(MINUTE);
    const weather = drawWeather(random, connected);
    const wasShut = timers.elapsed() < shutUntil;
    const before = standIn.requests.length;
    const report = await scanner.scan({ symbols: SYMBOLS });
    const made = standIn.requests.slice(before);
    const refusal = made.find(({ status }) => status === 418 || status === 403);
    if (refusal !== undefined) shutUntil = refusal.at + weather.shutMs;
    const health = scanner.health();
    hear(report, health);
    scans.push({ ...weather, report, health, wasShut, requests: made.length });
  }
  await scanner.close();
  await timers.pass(MINUTE);
  expect(timers.pending).toBe(0);
  const output = inspect(heard, { depth: 10 }) + JSON.stringify(heard);
  return { scans, output, worstWindow: standIn.worstWindow };
}

function expectKept({ report, health, wasShut, requests }: Scanned): void {
  const { failures, scanned, error, durationMs } = report;
  expectSound(report, SYMBOLS);
  expect(durationMs).toBeLessThanOrEqual(DEADLINE_MS + 100);
  if (wasShut) expect(requests).toBe(0);
  const isDown = error !== undefined || scanned === 0;
  expect(health.status).toBe(isDown ? 'down' : failures.length > 0 ? 'degraded' : 'ok');
}

function expectSpared({ report, struck }: Scanned, twin: ScanReport): void {
  const kept = ({ signals, rejections }: ScanReport): unknown =>
    [...signals, ...rejections]
      .filter(({ symbol }) => !struck.has(symbol))
      .toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  expect(kept(report)).toEqual(kept(twin));
  for (const { symbol } of report.failures) expect(struck).toContain(symbol);
}

describe('a scanner of an exchange that misbehaves', () => {
  let twin: Course;
  beforeAll(async () => {
    twin = await simulate(undefined);
  });

  test.each(SEEDS)(
    'keeps its limits, bans and secrets, and whoever is spared (seed %i)',
    async (seed) => {
      const { scans, output, worstWindow } = await simulate(seed);
      expect(worstWindow).toBeLessThanOrEqual(1);
      expect(output).not.toContain(CANARY);
      for (const scanned of scans) expectKept(scanned);
      for (const [i, scanned] of scans.entries()) {
        const isWhole = !scanned.wasShut && scanned.shutMs === 0;
        if (isWhole) expectSpared(scanned, twin.scans[i].report);
      }
      expect(scans.some(({ wasShut }) => wasShut)).toBe(true);
      expect(
        scans.some(({ struck, report }) => struck.size > 0 && report.failures.length > 0),
      ).toBe(true);
    },
  );
});
