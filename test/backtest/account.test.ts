import { describe, expect, it } from 'vitest';
import { Account } from '../../src/backtest/account.js';
import type { Order } from '../../src/backtest/order.js';
import type { Candle } from '../../src/market/candle-series.js';
import { parseScannerConfig } from '../../src/scanner/config-schema.js';

const MINUTE = 60_000;
const market = {
  ...{ symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', tickSize: 0.1, lotSize: 0.001 },
  ...{ minNotional: 5, takerFeeBps: 0 },
};
const costs = { halfSpreadBps: 0, slippageBps: 0, fundingBps: 0 };
const order: Order = {
  ...{ symbol: market.symbol, side: 'long', decidedAt: 0, horizonMs: 2 * MINUTE, score: 0.5 },
  ...{ stopLoss: 90, takeProfit: 110, target: 0.1, stop: 0.1 },
  ...{ riskFraction: 0.1, notionalMultiple: 1, tradeable: false },
  ...{ winProbability: 0.5, noSkill: 0.5 },
};

/** What a position of ten, entered at 100, was worth at the worst of its second candle, less at its end. */
function worstOf(high: number, low: number, close: number): number {
  const account = new Account(1000, parseScannerConfig({}), costs);
  const candle = (minute: number, prices: Omit<Candle, 'time' | 'open' | 'volume'>): Candle => {
    return { time: minute * MINUTE, open: 100, volume: 1, ...prices };
  };
  const follow = (next: Candle): number =>
    account.follow(market.symbol, next, next.time + MINUTE, () => undefined);
  const first = candle(0, { high: 100, low: 100, close: 100 });
  account.enter(order, market, first);
  follow(first);
  return follow(candle(1, { high, low, close }));
}

describe('Account', () => {
  it('marks a position at the worst price of the candle that ends it, unless a stop did', () => {
    expect(worstOf(101, 95, 99)).toBe(-40);
    expect(worstOf(111, 95, 105)).toBe(-150);
    expect(worstOf(101, 85, 99)).toBe(0);
  });
});
