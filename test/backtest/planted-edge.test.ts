import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/backtest/backtest.js';
import { backtestReport } from '../../src/backtest/backtest-report.js';
import { fitModelCard } from '../../src/backtest/model-card-fit.js';
import { fittedMarket, tradedMarket } from './trending-market.js';

const HOUR = 3_600_000;
const DAYS = 35;
const SEEDS = [
  [6500, 6501],
  [6600, 6601],
] as const;
const UNSEEN = [9000, 9001, 9002];

/** The whole way: fitted on two sets of markets, traded on a third, whether or not an edge is in them. */
async function wholeWay(edge: number) {
  const sets = SEEDS.map((seeds, i) => ({
    name: `set ${i}`,
    histories: seeds.map((seed) => fittedMarket(seed, DAYS, edge)),
  }));
  const modelCard = fitModelCard(sets, {
    ...{ id: 'test', command: 'this test', sampledDecisions: 100 },
    horizonsMs: [24 * HOUR],
  });
  const histories = UNSEEN.map((seed) => tradedMarket(seed, DAYS, edge));
  const config = { minQuoteVolume24h: 0, minChange24h: 0 };
  const traded = async (tradeAll: boolean) =>
    backtestReport(await runBacktest(histories, { config, modelCard, everyMs: HOUR, tradeAll }));
  return { modelCard, every: await traded(true), worthwhile: await traded(false) };
}

describe('the whole way from a fit to a back-test', () => {
  it('finds an edge that was planted: it is proven, tradeable, earns, and is no chance', async () => {
    const { modelCard, every, worthwhile } = await wholeWay(0.12);
    expect(modelCard.tilt.provenShare).toBeGreaterThan(0);
    expect(every.tradeable).toBeGreaterThan(100);
    expect(worthwhile.trades).toBeGreaterThan(20);
    expect(worthwhile.expectancyBps?.low).toBeGreaterThan(0);
    expect(worthwhile.permutationChance).toBeLessThan(0.02);
    expect(worthwhile.summary.netBps).toBeGreaterThan(every.summary.netBps);
    expect(worthwhile.endEquity).toBeGreaterThan(worthwhile.startEquity);
  });

  it('finds nothing in chance: at most 5 tradeable signals in 1,000 symbol-days, and minus the costs', async () => {
    const { modelCard, every } = await wholeWay(0);
    expect(modelCard.tilt.provenShare).toBeLessThan(0.2);
    const symbolDays = UNSEEN.length * DAYS;
    expect((1000 * every.tradeable) / symbolDays).toBeLessThanOrEqual(5);
    expect(every.trades).toBeGreaterThan(50);
    // Two taker fees and two slippages: 24 basis points.
    expect(every.expectancyBps?.low).toBeLessThan(-24);
    expect(every.expectancyBps?.high).toBeGreaterThan(-24);
    expect(every.permutationChance).toBeGreaterThan(0.05);
  });
});
