import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/backtest/backtest.js';
import { backtestReport } from '../../src/backtest/backtest-report.js';
import { dailyReturns } from '../../src/backtest/equity-ratios.js';
import { sharpeRatio } from '../../src/backtest/performance.js';
import { replayMarket } from './wandering-market.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const history = replayMarket(17, 50, 1e-4);
const config = { minQuoteVolume24h: 0, minChange24h: 0 };
const traded = (from: number | undefined, to: number | undefined) =>
  runBacktest([history], { config, everyMs: 60 * MINUTE, from, to });

describe('daily returns', () => {
  it('are as many as there are days, where a run begins and ends at midnight', async () => {
    const run = await traded(5 * DAY, 45 * DAY);
    expect(run.trades.length).toBeGreaterThan(10);
    expect([...run.days]).toEqual(Array.from({ length: 40 }, (_, i) => (6 + i) * DAY));
    const curve = [run.startEquity, ...run.equity];
    const expected = Array.from(run.equity, (value, i) => value / curve[i] - 1);
    expect([...dailyReturns(run)]).toEqual(expected);
    const ratio = sharpeRatio(Float64Array.from(expected)) ?? Number.NaN;
    expect(backtestReport(run).sharpe?.value).toBeCloseTo(ratio * Math.sqrt(365), 9);
  });

  it('are of no day that the span cuts, whose ends stay in the curve', async () => {
    const run = await traded(5.5 * DAY, 45 * DAY + 21 * 60 * MINUTE);
    expect([run.days[0], run.days[run.days.length - 1]]).toEqual([6 * DAY, run.to]);
    const whole = Array.from(run.equity).slice(1, -1);
    expect([...dailyReturns(run)]).toEqual(whole.map((value, i) => value / run.equity[i] - 1));
  });

  it('begin with the day of the first candle, when that opens at midnight', async () => {
    const run = await traded(undefined, 3 * DAY);
    expect(run.from).toBe(5 * MINUTE);
    expect(dailyReturns(run)).toHaveLength(3);
  });

  it('give no ratio before there are thirty of them', async () => {
    const of = async (from: number, to: number) => backtestReport(await traded(from, to)).sharpe;
    expect(await of(5 * DAY, 34.9 * DAY)).toBeUndefined();
    expect(await of(5 * DAY, 35 * DAY)).toBeDefined();
  });
});
