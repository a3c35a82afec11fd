import { describe, expect, test } from 'vitest';
import { dataHash } from '../../src/backtest/data-hash.js';
import type { ReplayHistory } from '../../src/backtest/replay-history.js';
import { type Candle, CandleSeries } from '../../src/market/candle-series.js';
import { rulesOf } from '../scanner/invented-market.js';

const HOUR = 3_600_000;

function candles(count: number, stepMs: number, change: Partial<Candle> = {}): CandleSeries {
  const rows = Array.from({ length: count }, (_, i) => ({
    ...{ time: i * stepMs, open: 10, high: 12, low: 9, close: 11, volume: i },
    ...(i === count - 1 && change),
  }));
  return CandleSeries.from(rows);
}

function history(change: Partial<ReplayHistory> = {}): ReplayHistory {
  const base = candles(24, HOUR);
  const longer = new Map([
    ['1h', base],
    ['4h', candles(6, 4 * HOUR)],
  ] as const);
  return { market: rulesOf('BTC/USDT'), base, baseTimeframe: '1h', candles: longer, ...change };
}

describe('the hash of data', () => {
  test('is the same for the same candles, wherever they lie', () => {
    expect(dataHash([history()])).toBe(dataHash([history()]));
    expect(dataHash([history()])).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each<[string, Partial<ReplayHistory>]>([
    ['the symbol', { market: rulesOf('ETH/USDT') }],
    ['what is filled', { base: candles(24, HOUR, { volume: 99 }) }],
    ['what is analysed', { candles: new Map([['4h', candles(6, 4 * HOUR, { close: 10 })]]) }],
    ['finer candles', { finer: candles(48, HOUR / 2) }],
  ])('is another one for another: %s', (_, change) => {
    expect(dataHash([history(change)])).not.toBe(dataHash([history()]));
  });
});
