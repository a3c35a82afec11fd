import { describe, expect, it } from 'vitest';
import { readHistory } from '../../src/backtest/read-history.js';
import { readReplayHistory } from '../../src/backtest/replay-history.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { memoryProvider } from '../../src/providers/memory.js';
import { replayMarket } from './wandering-market.js';

const DAY = 86_400_000;
const { market, candles } = replayMarket(3, 2);
const { symbol } = market;
const asOf = 10 * DAY;

/** A source that has these timeframes alone. */
function source(...timeframes: readonly Timeframe[]) {
  const series = timeframes.map((name) => [name, candles.get(name) as CandleSeries] as const);
  const all = { [symbol]: Object.fromEntries(series) };
  return memoryProvider({ markets: [market], candles: all, now: asOf });
}

describe('readHistory', () => {
  const told = (provider: ReturnType<typeof source>, since?: number) =>
    readHistory(provider, symbol, { asOf, since }).then(
      ({ baseMs }) => baseMs,
      (error: Error) => error.message,
    );

  it('reads the shortest candles and the two timeframes of a forecast', async () => {
    expect(await told(source('5m', '1h'))).toBe(300_000);
  });

  it('says that candles are too long, wherever the span lies', async () => {
    const needs = `${symbol} needs candles of 5m or shorter, has 15m`;
    for (const since of [undefined, -DAY, DAY, 5 * DAY, 20 * DAY]) {
      expect(await told(source('15m', '1h'), since), String(since)).toBe(needs);
    }
  });

  it('says that candles are older than the span, and which are missing beside others', async () => {
    const none = (span: string) =>
      `${symbol} has no candles ${span}, the last ends 1970-01-03T00:00Z`;
    const whole = source('5m', '1h');
    expect(await told(whole, 5 * DAY)).toBe(none('from 1970-01-06T00:00Z to 1970-01-11T00:00Z'));
    expect(await told(whole, 20 * DAY)).toBe(none('from 1970-01-21T00:00Z on'));
    const three = CandleSeries.from([[0, 1, 1, 1, 1, 1]]);
    const odd = memoryProvider({
      markets: [market],
      candles: { [symbol]: { '3m': three } },
      now: asOf,
    });
    expect(await told(odd)).toBe(`${symbol} needs candles of 5m and 1h too, has 3m`);
    expect(await told(source())).toBe(`${symbol} has no candles`);
  });

  it('has the same words for a replay', async () => {
    const read = (since: number) =>
      readReplayHistory(source('15m'), market, ['15m'], { asOf, since });
    expect((await read(DAY)).baseTimeframe).toBe('15m');
    await expect(read(20 * DAY)).rejects.toThrow(
      `${symbol} has no candles from 1970-01-21T00:00Z on, the last ends 1970-01-03T00:00Z`,
    );
  });
});
