import { describe, expect, it } from 'vitest';
import { tradeSignals } from '../../src/backtest/backtest.js';
import type { Order } from '../../src/backtest/order.js';
import type { ReplayHistory } from '../../src/backtest/replay-history.js';
import { replaySpan } from '../../src/backtest/replay-span.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import { resample } from '../../src/market/resample.js';

const MINUTE = 60_000;

/** A market whose price stands at 100 until its candles end. */
function marketUntil(symbol: string, minutes: number): ReplayHistory {
  const rows = Array.from(
    { length: minutes },
    (_, i) => [i * MINUTE, 100, 101, 99, 100, 1] as const,
  );
  const market = {
    ...{ symbol, base: symbol, quote: 'USDT', tickSize: 0.1, lotSize: 0.001 },
    ...{ minNotional: 5, takerFeeBps: 10 },
  };
  return { market, base: CandleSeries.from(rows), baseTimeframe: '1m', candles: new Map() };
}

function orderAt(symbol: string, minute: number): Order {
  return {
    ...{ symbol, side: 'long', decidedAt: minute * MINUTE, horizonMs: 30 * MINUTE, score: 0.5 },
    ...{ stopLoss: 90, takeProfit: 110, target: 0.1, stop: 0.1 },
    ...{ riskFraction: 0.01, notionalMultiple: 0.5, tradeable: false },
    ...{ winProbability: 0.5, noSkill: 0.5 },
  };
}

const histories = [marketUntil('GONE/USDT', 100), marketUntil('HERE/USDT', 300)];
const options = { config: { maxPositions: 1 } };
const span = replaySpan(histories, {});

function tradesOf(gone: readonly number[], here: readonly number[]) {
  const signals = [gone, here].map((minutes, k) => {
    const { symbol } = histories[k].market;
    return { symbol, decisions: 1, orders: minutes.map((minute) => orderAt(symbol, minute)) };
  });
  return tradeSignals(histories, signals, span, options);
}

describe('a market whose candles end before the others', () => {
  it('closes its position with its last candle, and makes room for others', () => {
    const { trades, exposure } = tradesOf([90], [120, 200]);
    expect(trades.map(({ symbol, exitTime }) => [symbol, exitTime / MINUTE])).toEqual([
      ['GONE/USDT', 100],
      ['HERE/USDT', 150],
      ['HERE/USDT', 230],
    ]);
    expect(exposure).toBeLessThan(0.2);
  });

  it('fills no order decided at its end, which leaves its room to others', () => {
    const { trades } = tradesOf([100], [120]);
    expect(trades.map(({ symbol }) => symbol)).toEqual(['HERE/USDT']);
  });
});

describe('a market of longer candles than the others', () => {
  it('fills no order at the open of a candle that was forming when it was sent', () => {
    const [short, long] = ['SHORT/USDT', 'LONG/USDT'].map((symbol) => marketUntil(symbol, 60));
    const base = resample(long.base, '1m', '15m');
    const mixed = [{ ...long, base, baseTimeframe: '15m' as const }, short];
    const signals = mixed.map(({ market: { symbol } }) => {
      return { symbol, decisions: 1, orders: [orderAt(symbol, 20)] };
    });
    const run = tradeSignals(mixed, signals, replaySpan(mixed, {}), {});
    expect(run.trades.map(({ symbol, entryTime }) => [symbol, entryTime / MINUTE])).toEqual([
      ['SHORT/USDT', 20],
      ['LONG/USDT', 30],
    ]);
  });
});
