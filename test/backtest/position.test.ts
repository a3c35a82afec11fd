import { describe, expect, it } from 'vitest';
import type { TradingCosts } from '../../src/backtest/costs.js';
import type { Order } from '../../src/backtest/order.js';
import { Position } from '../../src/backtest/position.js';
import { type Candle, type CandleRow, CandleSeries } from '../../src/market/candle-series.js';

const MINUTE = 60_000;
const market = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  tickSize: 0.1,
  lotSize: 0.001,
  minNotional: 5,
  takerFeeBps: 10,
};
const free: TradingCosts = { halfSpreadBps: 0, slippageBps: 0, fundingBps: 0 };
const long: Order = {
  symbol: market.symbol,
  side: 'long',
  decidedAt: 0,
  horizonMs: 60 * MINUTE,
  score: 0.5,
  stopLoss: 98,
  takeProfit: 104,
  target: 0.04,
  stop: 0.02,
  riskFraction: 0.02,
  notionalMultiple: 0.5,
  winProbability: 0.33,
  noSkill: 0.33,
  tradeable: false,
};
const short: Order = { ...long, side: 'short', stopLoss: 102, takeProfit: 96 };

function candle(open: number, high: number, low: number, close: number, minute = 0): Candle {
  return { time: minute * MINUTE, open, high, low, close, volume: 1 };
}

function endOf(order: Order, next: Candle, costs = free, traded = market) {
  const position = new Position(order, traded, candle(100, 101, 99, 100), 2, costs);
  return position.end(next, next.time + MINUTE);
}

describe('Position', () => {
  it('ends at the stop when one candle reaches both levels, and says so', () => {
    expect(endOf(long, candle(100, 105, 97, 104, 1))).toMatchObject({
      outcome: 'stop',
      exitPrice: 98,
      ambiguous: true,
    });
    expect(endOf(short, candle(100, 103, 95, 96, 1))).toMatchObject({
      outcome: 'stop',
      exitPrice: 102,
      ambiguous: true,
    });
  });

  describe('whose candle reached both levels', () => {
    const both = candle(100, 105, 97, 104, 5);
    const position = () => new Position(long, market, candle(100, 101, 99, 100), 2, free);
    const ended = (rows: readonly CandleRow[]) =>
      position().end(both, both.time + 5 * MINUTE, () => CandleSeries.from(rows));
    const minute = (k: number, open: number, high: number, low: number, close: number) =>
      [(5 + k) * MINUTE, open, high, low, close, 1] as const;

    it('ends where finer candles say that it ended first', () => {
      const upFirst = [minute(0, 100, 105, 100, 104), minute(1, 104, 104, 97, 98)];
      expect(ended(upFirst)).toMatchObject({
        outcome: 'target',
        exitPrice: 104,
        reachedBoth: true,
        ambiguous: false,
      });
      const downFirst = [minute(0, 100, 101, 97, 98), minute(1, 98, 105, 98, 104)];
      expect(ended(downFirst)).toMatchObject({ outcome: 'stop', exitPrice: 98, ambiguous: false });
      const gap = [minute(0, 100, 101, 99, 100), minute(1, 97, 105, 97, 104)];
      expect(ended(gap)).toMatchObject({ outcome: 'stop', exitPrice: 97 });
    });

    it('is stopped where a finer candle reached both too, and says that it is an assumption', () => {
      const one = [minute(0, 100, 101, 99, 100), minute(1, 100, 105, 97, 104)];
      expect(ended(one)).toMatchObject({ outcome: 'stop', reachedBoth: true, ambiguous: true });
    });

    it('is stopped where finer candles are missing, and so do not show both levels', () => {
      for (const part of [[minute(0, 100, 105, 100, 104)], []]) {
        expect(ended(part)).toMatchObject({ outcome: 'stop', exitPrice: 98, ambiguous: true });
      }
    });

    it('never asks for finer candles otherwise', () => {
      const unasked = () => expect.unreachable('finer candles were asked for');
      const trade = position().end(candle(100, 105, 99, 104, 5), 10 * MINUTE, unasked);
      expect(trade).toMatchObject({ outcome: 'target', reachedBoth: false, ambiguous: false });
    });
  });

  it('fills a gap at the open, for better and for worse', () => {
    expect(endOf(long, candle(97, 97.5, 96, 97, 1))?.exitPrice).toBe(97);
    expect(endOf(long, candle(105, 106, 104.5, 105, 1))?.exitPrice).toBe(105);
    expect(endOf(short, candle(103, 104, 102.5, 103, 1))?.exitPrice).toBe(103);
  });

  it('knows what came first where a candle opens beyond one of the levels it reaches', () => {
    const certain = { reachedBoth: false, ambiguous: false };
    const above = { outcome: 'target', exitPrice: 105, ...certain };
    expect(endOf(long, candle(105, 106, 97, 98, 1))).toMatchObject(above);
    const below = { outcome: 'stop', exitPrice: 97, ...certain };
    expect(endOf(long, candle(97, 106, 96, 105, 1))).toMatchObject(below);
    expect(endOf(short, candle(95, 103, 94, 103, 1))).toMatchObject({ ...above, exitPrice: 95 });
    expect(endOf(short, candle(103, 104, 94, 95, 1))).toMatchObject({ ...below, exitPrice: 103 });
  });

  it('needs a trade a tick beyond a target', () => {
    expect(endOf(long, candle(103, 104, 102, 103, 1))).toBeUndefined();
    expect(endOf(long, candle(103, 104.1, 102, 103, 1))).toMatchObject({ outcome: 'target' });
    expect(endOf(short, candle(97, 98, 96, 97, 1))).toBeUndefined();
    expect(endOf(short, candle(97, 98, 95.9, 97, 1))).toMatchObject({ outcome: 'target' });
  });

  it('ends at the close when its time is up', () => {
    expect(endOf(long, candle(100, 101, 99, 100.5, 58))).toBeUndefined();
    expect(endOf(long, candle(100, 101, 99, 100.5, 59))).toMatchObject({
      outcome: 'timeout',
      exitPrice: 100.5,
    });
  });

  it('pays fee, spread and slippage on both ways, but none of the last two on a resting target', () => {
    const costs = { halfSpreadBps: 3, slippageBps: 2, fundingBps: 0 };
    const stopped = endOf(long, candle(99, 99, 97, 98, 1), costs);
    const entry = 100 * 1.0005;
    const exit = 98 * 0.9995;
    expect(stopped?.profit).toBeCloseTo(2 * (exit - entry) - 0.001 * 2 * (entry + exit), 10);
    expect(stopped?.grossReturn).toBeCloseTo(-0.02, 12);
    expect(endOf(long, candle(103, 105, 102, 104, 1), costs)?.exitPrice).toBe(104);
  });

  it('pays funding on a perpetual by the time it is held', () => {
    const perpetual = { ...market, symbol: 'BTC/USDT:USDT', takerFeeBps: 0 };
    const funding = { halfSpreadBps: 0, slippageBps: 0, fundingBps: 8 };
    const trade = endOf(long, candle(100, 101, 99, 100, 59), funding, perpetual);
    expect(trade?.netReturn).toBeCloseTo(-0.0001, 12);
  });
});
