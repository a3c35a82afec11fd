import { mean, quantileSorted, sampleStandardDeviation, sum } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/backtest/backtest.js';
import { backtestReport } from '../../src/backtest/backtest-report.js';
import type { Trade } from '../../src/backtest/trade.js';
import { replayMarket } from './wandering-market.js';

// Every figure of a report computed again from its list of trades and the candles, by code that shares nothing with it.

const FIVE_MINUTES = 300_000;
const DAY = 86_400_000;
const histories = [3, 17, 29].map((seed) => replayMarket(seed, 70, 4e-5));
const costs = { halfSpreadBps: 1.5, slippageBps: 2.5, fundingBps: 0 };
const run = await runBacktest(histories, {
  ...{ config: { minQuoteVolume24h: 0, minChange24h: 0 }, everyMs: 3_600_000, costs },
  latencyBars: 1,
});
const report = backtestReport(run, 7);
const { trades } = run;
const candlesOf = (symbol: string) => {
  const found = histories.find(({ market }) => market.symbol === symbol);
  if (found === undefined) throw new Error(`no candles of ${symbol}`);
  return [...found.base];
};
const bySymbol = new Map(report.symbols.map((symbol) => [symbol, candlesOf(symbol)]));
const near = (value: number, expected: number) => expect(value).toBeCloseTo(expected, 9);
const share = (of: readonly Trade[], holds: (trade: Trade) => boolean) =>
  of.length === 0 ? 0 : of.filter(holds).length / of.length;

function grouped(numberOf: (trade: Trade) => number): ReadonlyMap<number, readonly Trade[]> {
  const found = new Map<number, Trade[]>();
  for (const trade of trades) {
    found.set(numberOf(trade), [...(found.get(numberOf(trade)) ?? []), trade]);
  }
  return found;
}

/** What a position opened at an open and held to an end returned, told from the candles alone. */
function retold(trade: Trade) {
  const candles = bySymbol.get(trade.symbol) ?? [];
  const sign = trade.side === 'long' ? 1 : -1;
  const due = candles.findIndex(({ time }) => time >= trade.decidedAt) + 1;
  const entry = candles[due];
  const worse = (costs.halfSpreadBps + costs.slippageBps) / 1e4;
  const paid = entry.open * (1 + sign * worse);
  const out = trade.outcome === 'target' ? trade.exitPrice : trade.exitPrice / (1 - sign * worse);
  const fees = 0.001 * (paid + trade.exitPrice);
  return {
    entryTime: entry.time,
    entryPrice: paid,
    gross: (sign * (out - entry.open)) / entry.open,
    net: (sign * (trade.exitPrice - paid) - fees) / paid,
  };
}

describe('a report, computed again from its trades', () => {
  it('has trades of every kind to compute from', () => {
    expect(trades.length).toBeGreaterThan(100);
    expect(new Set(trades.map(({ outcome }) => outcome)).size).toBe(3);
    expect(new Set(trades.map(({ side }) => side)).size).toBe(2);
  });

  it('fills each a candle after the next open, at the costs that were named', () => {
    for (const trade of trades) {
      const told = retold(trade);
      expect(trade.entryTime).toBe(told.entryTime);
      near(trade.entryPrice, told.entryPrice);
      near(trade.grossReturn, told.gross);
      near(trade.netReturn, told.net);
      near(trade.profit, told.net * trade.amount * told.entryPrice);
    }
  });

  it('has the same rates, means and shares', () => {
    near(
      report.summary.winRate,
      share(trades, ({ netReturn }) => netReturn > 0),
    );
    near(
      report.summary.hitRate,
      share(trades, ({ outcome }) => outcome === 'target'),
    );
    near(report.summary.netBps, 1e4 * mean(trades.map(({ netReturn }) => netReturn)));
    near(report.summary.grossBps, 1e4 * mean(trades.map(({ grossReturn }) => grossReturn)));
    near(report.hitRate?.value ?? Number.NaN, report.summary.hitRate);
    near(report.expectancyBps?.value ?? Number.NaN, report.summary.netBps);
    near(
      report.ambiguousShare,
      share(trades, ({ ambiguous }) => ambiguous),
    );
    const wins = trades.filter(({ netReturn }) => netReturn > 0).map((trade) => trade.netReturn);
    const losses = trades
      .filter(({ netReturn }) => netReturn <= 0)
      .map((trade) => -trade.netReturn);
    near(report.breakEvenRate ?? Number.NaN, mean(losses) / (mean(losses) + mean(wins)));
    for (const { costBps, netBps } of report.costSensitivity) {
      near(netBps, report.summary.grossBps - costBps);
    }
  });

  it('has the same months, symbols and tenths, which hold every trade once', () => {
    for (const group of [report.byMonth, report.bySymbol, report.deciles]) {
      expect(sum(group.map(({ count }) => count))).toBe(trades.length);
      near(
        sum(group.map(({ count, netBps }) => count * netBps)) / trades.length,
        report.summary.netBps,
      );
    }
    for (const { name, winRate } of report.bySymbol) {
      const own = trades.filter(({ symbol }) => symbol === name);
      near(
        winRate,
        share(own, ({ netReturn }) => netReturn > 0),
      );
    }
    const scores = trades.map(({ score }) => score).sort((a, b) => a - b);
    const [lowest] = report.deciles;
    expect(lowest.name).toContain(scores[lowest.count - 1].toFixed(3));
  });

  it('has hit rates of groups by chance, none of so few that it says nothing', () => {
    const known = trades
      .filter(({ winProbability }) => winProbability !== undefined)
      .sort((a, b) => (a.winProbability ?? 0) - (b.winProbability ?? 0));
    const groups = report.reliability;
    expect(groups.length).toBe(Math.min(15, Math.floor(known.length / 25)));
    expect(Math.min(...groups.map(({ count }) => count))).toBeGreaterThanOrEqual(25);
    const lowest = known.slice(0, groups[0].count);
    near(groups[0].meanChance, mean(lowest.map(({ winProbability = 0 }) => winProbability)));
    expect(sum(groups.map(({ count }) => count))).toBe(known.length);
    expect(sum(groups.map(({ hits }) => hits))).toBe(
      known.filter(({ outcome }) => outcome === 'target').length,
    );
  });

  it('has the same equity, day by day, and the same ratios of it', () => {
    const at = (time: number) => {
      const closed = sum([0, ...trades.filter((t) => t.exitTime <= time).map((t) => t.profit)]);
      const open = trades.filter((t) => t.entryTime < time && t.exitTime > time);
      const marks = open.map((t) => {
        const candles = bySymbol.get(t.symbol) ?? [];
        const { close } = candles.filter((c) => c.time + FIVE_MINUTES <= time).at(-1) ?? candles[0];
        const sign = t.side === 'long' ? 1 : -1;
        return t.amount * (sign * (close - t.entryPrice) - 0.001 * t.entryPrice);
      });
      return report.startEquity + closed + sum([0, ...marks]);
    };
    report.days.forEach((day, i) => {
      expect(report.equity[i]).toBeCloseTo(at(day), 6);
    });
    const returns = report.equity.map((value, i) =>
      i === 0 ? value / report.startEquity - 1 : value / report.equity[i - 1] - 1,
    );
    const annual = Math.sqrt(365);
    near(report.sharpe?.value ?? 0, (annual * mean(returns)) / sampleStandardDeviation(returns));
    near(report.volatility ?? 0, annual * sampleStandardDeviation(returns));
    const falls = returns.map((value) => Math.min(0, value) ** 2);
    near(report.sortino ?? 0, (annual * mean(returns)) / Math.sqrt(mean(falls)));
    let peak = report.startEquity;
    const deepest = Math.max(
      ...report.equity.map((value) => {
        peak = Math.max(peak, value);
        return 1 - value / peak;
      }),
    );
    // Marked at the worst price of every candle it is deeper than at the ends of days, but not by much.
    expect(report.maxDrawdown).toBeGreaterThanOrEqual(deepest);
    expect(report.maxDrawdown).toBeLessThan(deepest + 0.1);
  });

  it('has the same best days', () => {
    const days = grouped(({ exitTime }) => Math.floor(exitTime / DAY));
    const gains = Array.from(days.values(), (own) => sum(own.map(({ profit }) => profit)))
      .filter((profit) => profit > 0)
      .sort((a, b) => b - a);
    near(report.bestThreeDaysShare ?? 0, sum(gains.slice(0, 3)) / sum(gains));
  });

  it('has intervals that draw whole weeks, as another generator of chance finds them', () => {
    expect(report.blockDays).toBe(7);
    const weeks = [...grouped((t) => Math.floor(t.decidedAt / (7 * DAY))).values()];
    let state = 12_345;
    const next = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const means = Array.from({ length: 4000 }, () => {
      const drawn = weeks.flatMap(() => weeks[Math.floor(next() * weeks.length)]);
      return 1e4 * mean(drawn.map(({ netReturn }) => netReturn));
    }).sort((a, b) => a - b);
    const { low, high } = report.expectancyBps ?? { low: 0, high: 0 };
    const width = high - low;
    expect(Math.abs(low - quantileSorted(means, 0.025))).toBeLessThan(0.1 * width);
    expect(Math.abs(high - quantileSorted(means, 0.975))).toBeLessThan(0.1 * width);
  });
});
