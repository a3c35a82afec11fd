import { describe, expect, it } from 'vitest';
import type { SymbolHistory } from '../../src/backtest/decisions.js';
import type { BarrierLine, ForecastLine } from '../../src/backtest/forecast-line.js';
import { forecastLines } from '../../src/backtest/forecast-lines.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import type { Market } from '../../src/market/market.js';
import { resample } from '../../src/market/resample.js';
import { hasShared, sharedCandles } from '../shared-data.js';
import { wanderingMarket } from './wandering-market.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const market: Market = {
  symbol: 'W/USDT',
  base: 'W',
  quote: 'USDT',
  tickSize: 0.01,
  lotSize: 0.001,
  minNotional: 5,
  takerFeeBps: 10,
};
const history = wanderingMarket(11, 20);
const lines = [...forecastLines(history, market)];

function perKind(given: readonly ForecastLine[], kind: ForecastLine['kind']) {
  return given.filter((line) => line.kind === kind);
}

/** The outcome read off the candles, one by one, with nothing shared with the code under test but the definition. */
function outcomeAsRead({ base, baseMs }: SymbolHistory, line: BarrierLine): string {
  const after = [...base].filter(
    ({ time }) => time >= line.time && time + baseMs <= line.time + line.horizonMs,
  );
  const sign = line.side === 'long' ? 1 : -1;
  const target = after[0].open * (1 + sign * line.target);
  const stop = after[0].open * (1 - sign * line.stop);
  for (const { high, low } of after) {
    if (sign > 0 ? low <= stop : high >= stop) return 'stop';
    if (sign > 0 ? high >= target : low <= target) return 'target';
  }
  return 'timeout';
}

/** The same past and another future: every candle from `time` on is scrambled. */
function scrambledFrom(time: number): SymbolHistory {
  const rows = Array.from(history.base, (candle) =>
    candle.time < time
      ? candle
      : { ...candle, open: 7, high: 9, low: 1, close: 1 + (candle.time % 7), volume: 3 },
  );
  const base = CandleSeries.from(rows);
  return { ...history, base, fast: base, slow: resample(base, '5m', '1h') };
}

describe('forecastLines', () => {
  it('has a position, six touches and three ranges an hour once a week is known', () => {
    const days = (lines[lines.length - 1].time - lines[0].time) / DAY;
    expect(days).toBeGreaterThan(12);
    const at = lines.filter(({ time }) => time === lines[0].time);
    expect(at.map(({ kind }) => kind)).toEqual([
      ...Array<string>(25).fill('barrier'),
      ...Array<string>(6).fill('touch'),
      ...Array<string>(3).fill('range'),
    ]);
  });

  it('reads every outcome as the candles have it', () => {
    const barriers = perKind(lines, 'barrier') as BarrierLine[];
    const sample = barriers.filter((_, i) => i % 97 === 0);
    expect(sample.map(({ outcome }) => outcome)).toEqual(
      sample.map((line) => outcomeAsRead(history, line)),
    );
    expect(new Set(sample.map(({ outcome }) => outcome)).size).toBe(3);
  });

  it('pays the costs: a target brings less, a stop costs more than its distance', () => {
    for (const line of perKind(lines, 'barrier') as BarrierLine[]) {
      if (line.outcome === 'target') expect(line.netReturn).toBeGreaterThan(line.target - 0.0026);
      if (line.outcome === 'stop') expect(line.netReturn).toBeLessThan(-line.stop - 0.0023);
    }
  });

  it('forecasts from the past alone', () => {
    const cut = lines[0].time + 3 * DAY;
    const forecasts = (given: Iterable<ForecastLine>) =>
      Array.from(given, ({ time, ...line }) => {
        if (time > cut) return undefined;
        if (line.kind === 'barrier') return [time, line.target, line.stop, line.p, line.noSkill];
        return line.kind === 'touch'
          ? [time, line.level, line.p]
          : [time, line.forecastRange, line.forecastVariance];
      }).filter((row) => row !== undefined);
    const others = forecasts(forecastLines(scrambledFrom(cut), market));
    expect(others).toEqual(forecasts(lines));
  });

  it('finds nothing to trade on a market without direction', () => {
    expect(perKind(lines, 'barrier').some((line) => 'tradeable' in line && line.tradeable)).toBe(
      false,
    );
  });

  it('has a number for everything on a market that stands still', () => {
    const stand = CandleSeries.from(
      Array.from(history.base, (candle) => {
        const { time } = candle;
        if (time < 10 * DAY || time >= 13 * DAY) return candle;
        return { time, open: 100, high: 100, low: 100, close: 100, volume: 0 };
      }),
    );
    const slow = resample(stand, '5m', '1h');
    const still = [...forecastLines({ ...history, base: stand, fast: stand, slow }, market)];
    const ranges = still.filter(({ time }) => time >= 12 * DAY && time < 13 * DAY);
    expect(ranges.length).toBeGreaterThan(0);
    for (const line of still) {
      expect(Object.values(line).some((value) => Number.isNaN(value))).toBe(false);
    }
  });

  it('abstains for a week after a redenomination', () => {
    const at = lines[0].time + 2 * DAY;
    const rows = Array.from(history.base, (candle) => {
      const by = candle.time < at ? 1 : 1000;
      const { time, open, high, low, close, volume } = candle;
      return [time, open * by, high * by, low * by, close * by, volume] as const;
    });
    const base = CandleSeries.from(rows);
    const split = { ...history, base, fast: base, slow: resample(base, '5m', '1h') };
    const times = Array.from(forecastLines(split, market), ({ time }) => time);
    expect(times.filter((time) => time > at && time < at + 7 * DAY)).toEqual([]);
    expect(times.some((time) => time > at + 7 * DAY)).toBe(true);
  });
});

describe.skipIf(!hasShared)('forecastLines on recorded candles (needs the reference data)', () => {
  it('means what it says: chances of 80 to 90 % come true as often, and touches too', () => {
    const rows = ['BTC', 'XRP', 'MATIC'].flatMap((name) => {
      const base = sharedCandles(`binance-2021/${name}-USDT-5m`);
      const slow = resample(base, '5m', '1h');
      const recorded = { symbol: name, base, baseMs: 300_000, fast: base, slow };
      return [...forecastLines(recorded, market)];
    });
    const high = (perKind(rows, 'barrier') as BarrierLine[]).filter(
      ({ p }) => p >= 0.8 && p <= 0.9,
    );
    const hits = high.filter(({ outcome }) => outcome === 'target').length;
    const meant = high.reduce((sum, { p }) => sum + p, 0);
    expect(high.length).toBeGreaterThan(3000);
    expect(Math.abs(meant - hits) / high.length).toBeLessThan(0.025);
  });
});
