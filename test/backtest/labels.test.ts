import { describe, expect, it } from 'vitest';
import {
  firstTouches,
  horizonAfter,
  NEVER,
  outcomeOf,
  realizedMove,
} from '../../src/backtest/labels.js';
import { CandleSeries } from '../../src/market/candle-series.js';

const MINUTE = 60_000;
const candles = CandleSeries.from([
  [0, 100, 101, 99, 100, 1],
  [MINUTE, 100, 103, 100, 102, 1],
  [2 * MINUTE, 102, 102, 96, 97, 1],
  [4 * MINUTE, 97, 106, 97, 105, 1],
]);

describe('horizonAfter', () => {
  it('spans the candles that open at or after the decision and close within it', () => {
    expect(horizonAfter(candles, MINUTE, MINUTE, 2 * MINUTE)).toEqual({ from: 1, to: 3 });
    expect(horizonAfter(candles, MINUTE, MINUTE, 4 * MINUTE)).toEqual({ from: 1, to: 4 });
  });

  it('leaves an event unresolved when the data end first', () => {
    expect(horizonAfter(candles, MINUTE, MINUTE, 5 * MINUTE)).toBeUndefined();
  });

  it('leaves an event unresolved when nothing traded', () => {
    expect(horizonAfter(candles, MINUTE, 3 * MINUTE, MINUTE)).toBeUndefined();
  });
});

describe('firstTouches', () => {
  it('finds the first candle of each level in one pass', () => {
    const horizon = { from: 1, to: 4 };
    const out = new Int32Array(3);
    firstTouches(candles, horizon, 'up', Float64Array.of(101, 103, 107), out);
    expect([...out]).toEqual([1, 1, NEVER]);
    firstTouches(candles, horizon, 'down', Float64Array.of(99, 97, 90), out);
    expect([...out]).toEqual([2, 2, NEVER]);
  });
});

describe('outcomeOf', () => {
  it('counts a candle that reaches both as the stop', () => {
    expect(outcomeOf(3, 3)).toBe('stop');
    expect(outcomeOf(2, 3)).toBe('target');
    expect(outcomeOf(3, 2)).toBe('stop');
    expect(outcomeOf(NEVER, NEVER)).toBe('timeout');
    expect(outcomeOf(1, NEVER)).toBe('target');
  });
});

describe('realizedMove', () => {
  it('measures range and variance from the last close before', () => {
    const { range, variance } = realizedMove(candles, { from: 1, to: 3 });
    expect(range).toBeCloseTo(Math.log(103 / 96), 12);
    expect(variance).toBeCloseTo(Math.log(1.02) ** 2 + Math.log(97 / 102) ** 2, 12);
  });
});
