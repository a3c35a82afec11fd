import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/backtest/backtest.js';
import { backtestReport } from '../../src/backtest/backtest-report.js';
import { readReplayHistory } from '../../src/backtest/replay-history.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import { resample } from '../../src/market/resample.js';
import { memoryProvider } from '../../src/providers/memory.js';
import { replayMarket } from './wandering-market.js';

const MINUTE = 60_000;
const fine = replayMarket(29, 30);
const { market } = fine;

/** The five-minute candles of a market as if each lasted fifteen, and told in thirds. */
const thirds = CandleSeries.from(
  Array.from(fine.base, ({ time, ...candle }) => ({ ...candle, time: time - fine.base.time[0] })),
);
const asOf = thirds.time[thirds.length - 1] + 5 * MINUTE;

function source(timeframe: '5m' | '15m') {
  const candles = timeframe === '5m' ? thirds : resample(thirds, '5m', '15m');
  return memoryProvider({
    markets: [market],
    candles: { [market.symbol]: { [timeframe]: candles } },
    now: asOf,
  });
}

const timeframes = ['15m', '1h', '4h'] as const;
// A stop and a target within what one candle moves: most candles reach both.
const config = {
  ...{ minQuoteVolume24h: 0, minChange24h: 0, timeframes, minScore: 0.05, minRewardToRisk: 0.05 },
  ...{ planTimeframe: '15m' as const, stopAtrMultiple: 0.3 },
};

async function reportOf(history: Awaited<ReturnType<typeof readReplayHistory>>) {
  return backtestReport(await runBacktest([history], { config }));
}

describe('finer candles', () => {
  it('of the same source or another tell what came first, and decide nothing else', async () => {
    const coarse = await readReplayHistory(source('15m'), market, timeframes);
    const own = await readReplayHistory(source('5m'), market, timeframes, {
      baseTimeframe: '15m',
    });
    const other = await readReplayHistory(source('15m'), market, timeframes, {
      finerFrom: source('5m'),
    });
    expect([coarse, own, other].map(({ baseTimeframe }) => baseTimeframe)).toEqual(
      Array(3).fill('15m'),
    );
    expect([coarse, own, other].map(({ finerTimeframe }) => finerTimeframe)).toEqual([
      undefined,
      '5m',
      '5m',
    ]);
    const [blind, seen, same] = await Promise.all([coarse, own, other].map(reportOf));
    expect(blind.decisions).toBe(seen.decisions);
    expect(blind.signals).toBe(seen.signals);
    expect(blind.reachedBothShare).toBeGreaterThan(0.02);
    expect(blind.ambiguousShare).toBe(blind.reachedBothShare);
    expect(seen.ambiguousShare).toBeLessThan(seen.reachedBothShare / 2);
    expect(same).toEqual(seen);
  });

  it('of a source that does not know the symbol are none', async () => {
    const stranger = memoryProvider({ markets: [], candles: {}, now: asOf });
    const history = await readReplayHistory(source('15m'), market, timeframes, {
      finerFrom: stranger,
    });
    expect(history.finer).toBeUndefined();
  });

  it('are no base: a timeframe that the source lacks is said to be missing', async () => {
    const read = readReplayHistory(source('15m'), market, timeframes, { baseTimeframe: '5m' });
    await expect(read).rejects.toThrow('needs candles of 5m, has 15m');
  });
});
