import { describe, expect, it } from 'vitest';
import { NEVER } from '../../src/backtest/labels.js';
import { priceAtLevel } from '../../src/backtest/price-at-level.js';
import { touchesAround } from '../../src/backtest/touches-around.js';
import { CandleSeries } from '../../src/market/candle-series.js';

const candles = CandleSeries.from([
  [0, 90, 130, 70, 100, 1],
  [1, 100, 102, 97, 101, 1],
  [2, 101, 104, 100, 103, 1],
  [3, 103, 104, 94, 95, 1],
  [4, 95, 200, 50, 100, 1],
]);

describe('touchesAround', () => {
  it('finds the first touch of each distance on both sides of the first open of the horizon', () => {
    const { above, below } = touchesAround(candles, { from: 1, to: 4 }, [0.02, 0.04, 0.06]);
    expect([...above]).toEqual([1, 2, NEVER]);
    expect([...below]).toEqual([1, 3, 3]);
  });
});

describe('priceAtLevel', () => {
  it('is the level, or the open of a candle that opens beyond it', () => {
    expect([priceAtLevel(105, 104, true), priceAtLevel(105, 107, true)]).toEqual([105, 107]);
    expect([priceAtLevel(95, 96, false), priceAtLevel(95, 93, false)]).toEqual([95, 93]);
  });
});
