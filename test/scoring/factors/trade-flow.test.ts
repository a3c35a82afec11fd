import { describe, expect, it } from 'vitest';
import { TradeSeries } from '../../../src/market/trade-series.js';
import { sentence } from '../../../src/scoring/factor.js';
import { tradeFlowFactor } from '../../../src/scoring/factors/trade-flow.js';
import { input } from './readings.js';

interface Row {
  readonly buys: boolean;
  readonly amount?: number;
  readonly ageMs?: number;
}

function read(rows: readonly Row[]) {
  const trades = TradeSeries.from(
    rows.map(({ buys, amount = 1, ageMs = 0 }) => ({
      time: -ageMs,
      price: 100,
      amount,
      side: buys ? ('buy' as const) : ('sell' as const),
    })),
  );
  return tradeFlowFactor.evaluate(input({ trades }));
}

const rows = (count: number, row: Row): Row[] => Array.from({ length: count }, () => row);

describe('tradeFlowFactor', () => {
  it('is what takers bought less what they sold, over both', () => {
    const found = read([...rows(30, { buys: true }), ...rows(10, { buys: false })]);
    expect(found?.bias).toBeCloseTo(0.5, 12);
    expect(found?.confidence).toBeCloseTo((0.5 * 40) / 60, 12);
    expect(sentence(found?.reason ?? '')).toBe('taker flow +0.50 over 40 trades');
  });

  it('halves a trade with every five minutes before the newest', () => {
    const found = read([...rows(20, { buys: false, ageMs: 300_000 }), ...rows(20, { buys: true })]);
    expect(found?.bias).toBeCloseTo(1 / 3, 12);
  });

  it('hears one large order as one voice', () => {
    const crowd = read(rows(40, { buys: true }));
    const whale = read([...rows(39, { buys: false }), { buys: true, amount: 1e6 }]);
    expect(whale?.bias).toBeGreaterThan(0.99);
    expect(whale?.confidence).toBeLessThan((crowd?.confidence ?? 0) / 10);
  });

  it('trusts an old tape less, never speaks with more than half a voice, and abstains under ten trades', () => {
    const fresh = read(rows(1000, { buys: true }))?.confidence ?? 0;
    const stale = read(rows(1000, { buys: true, ageMs: 600_000 }))?.confidence ?? 0;
    expect(fresh).toBeLessThan(0.5);
    expect(stale).toBeCloseTo(fresh / 4, 12);
    expect(read(rows(9, { buys: true }))).toBeUndefined();
  });
});
