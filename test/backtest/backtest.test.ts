import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/backtest/backtest.js';
import { backtestReport } from '../../src/backtest/backtest-report.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import { defineFactor } from '../../src/scoring/factor.js';
import { defaultFactors } from '../../src/scoring/factors/default-factors.js';
import { replayMarket } from './wandering-market.js';

const HOUR = 3_600_000;
const open = { minQuoteVolume24h: 0, minChange24h: 0 };
const options = { config: open, everyMs: HOUR };
const seeds = [3, 17, 29, 41];
const driftless = seeds.map((seed) => replayMarket(seed, 40));
const drifting = seeds.map((seed) => replayMarket(seed, 40, 1e-4));

const nullRun = await runBacktest(driftless, options);

describe('runBacktest', () => {
  it('earns minus its costs on a market without direction', () => {
    const report = backtestReport(nullRun);
    expect(report.trades).toBeGreaterThan(50);
    // Two taker fees and two slippages: 24 basis points.
    expect(report.expectancyBps?.low).toBeLessThan(-24);
    expect(report.expectancyBps?.high).toBeGreaterThan(-24);
    expect(report.permutationChance).toBeGreaterThan(0.05);
  });

  it('finds an edge that was planted', async () => {
    const report = backtestReport(await runBacktest(drifting, options));
    expect(report.summary.grossBps).toBeGreaterThan(20);
    expect(report.permutationChance).toBeLessThan(0.05);
  });

  it('gives the same report twice, and money that adds up', async () => {
    const [one, two] = [
      await runBacktest(driftless, options),
      await runBacktest(driftless, options),
    ];
    expect(backtestReport(two)).toEqual(backtestReport(one));
    const profit = one.trades.reduce((sum, trade) => sum + trade.profit, 0);
    expect(one.equity[one.equity.length - 1]).toBeCloseTo(one.startEquity + profit, 6);
  });

  it('keeps to one position a symbol and to the caps of the portfolio', async () => {
    const run = await runBacktest(driftless, { ...options, config: { ...open, maxPositions: 2 } });
    const overlapping = (time: number) =>
      run.trades.filter(({ entryTime, exitTime }) => entryTime <= time && time < exitTime);
    for (const { entryTime } of run.trades) {
      const held = overlapping(entryTime).map(({ symbol }) => symbol);
      expect(held.length).toBeLessThanOrEqual(2);
      expect(new Set(held).size).toBe(held.length);
    }
  });

  it('trades nothing that is not expected to pay its costs, when told so', async () => {
    const run = await runBacktest(driftless, { ...options, tradeAll: false });
    expect(run.trades.every(({ tradeable }) => tradeable)).toBe(true);
    expect(run.signals).toBeGreaterThan(50);
  });

  it('trades more on the word of a factor, but calls none of it tradeable', async () => {
    const loud = defineFactor({
      ...{ id: 'loud', needs: ['candles'], weight: 100 },
      evaluate: () => ({ bias: 1, confidence: 1, reason: () => 'it will rise' }),
    });
    const [market] = drifting;
    const run = await runBacktest([market], { ...options, factors: [...defaultFactors, loud] });
    expect(run.trades.every(({ side, score }) => side === 'long' && score > 0.8)).toBe(true);
    expect(run.signals).toBeGreaterThan(200);
    expect(run.tradeable).toBe(0);
  });

  it('neither gains nor loses by a redenomination', async () => {
    const [whole] = driftless;
    const at = whole.base.time[6000];
    const by = (time: number) => (time < at ? 1 : 1000);
    const split = (series: CandleSeries) =>
      CandleSeries.from(
        Array.from(series, ({ time, open: o, high, low, close, volume }) => {
          const unit = by(time);
          return [time, o * unit, high * unit, low * unit, close * unit, volume / unit] as const;
        }),
      );
    const candles = new Map(Array.from(whole.candles, ([name, series]) => [name, split(series)]));
    const run = await runBacktest([{ ...whole, base: split(whole.base), candles }], options);
    expect(run.trades.length).toBeGreaterThan(5);
    for (const { grossReturn } of run.trades) expect(Math.abs(grossReturn)).toBeLessThan(0.5);
  });
});
