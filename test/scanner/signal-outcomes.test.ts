import { describe, expect, test } from 'vitest';
import { type Candle, CandleSeries } from '../../src/market/candle-series.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { SignalOutcomes } from '../../src/scanner/signal-outcomes.js';
import type { Direction, MarketSignal } from '../../src/scoring/signal.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

function signal(symbol: string, direction: Direction = 'long', value = 0.5): MarketSignal {
  const [stopLoss, takeProfit] = direction === 'long' ? [95, 110] : [105, 90];
  const winProbability = { value, horizonMs: 4 * HOUR };
  return {
    symbol,
    direction,
    timestamp: START,
    stopLoss,
    takeProfit,
    winProbability,
  } as MarketSignal;
}

/** Candles of an hour from two hours before the signal, one for each pair of low and high. */
function hours(...ranges: readonly (readonly [low: number, high: number])[]) {
  const quiet = [
    [99, 101],
    [99, 101],
  ] as const;
  const candles = [...quiet, ...ranges].map(
    ([low, high], i): Candle => ({
      time: START + (i - 2) * HOUR,
      open: 100,
      high,
      low,
      close: 100,
      volume: 1,
    }),
  );
  return new Map<Timeframe, CandleSeries>([['1h', CandleSeries.from(candles)]]);
}

const FLAT = [99, 101] as const;

describe('a signal has won', () => {
  test.each([
    ['its target comes first', 'long', hours(FLAT, [99, 111], [94, 101], FLAT), 1],
    ['its stop comes first', 'long', hours([94, 101], [99, 111], FLAT, FLAT), 0],
    ['one candle reaches both', 'long', hours([94, 111], FLAT, FLAT, FLAT), 0],
    ['neither is reached', 'long', hours(FLAT, FLAT, FLAT, FLAT), 0],
    ['a short falls to its target', 'short', hours(FLAT, [89, 101], FLAT, FLAT), 1],
    ['a short rises to its stop', 'short', hours([99, 106], [89, 101], FLAT, FLAT), 0],
    ['its target comes after the horizon', 'long', hours(FLAT, FLAT, FLAT, FLAT, [99, 111]), 0],
  ] as const)('or not, when %s', (_, direction, candles, realized) => {
    const outcomes = new SignalOutcomes();
    const one = signal('A/USDT', direction);
    outcomes.follow([one]);
    outcomes.resolve(one, candles);
    expect(outcomes.read()).toMatchObject({ count: 1, predicted: 0.5, realized });
  });

  test('nothing where candles do not cover its horizon', () => {
    const outcomes = new SignalOutcomes();
    const one = signal('A/USDT');
    outcomes.follow([one]);
    outcomes.resolve(one, hours(FLAT, FLAT));
    expect([outcomes.read().count, outcomes.open]).toEqual([0, 0]);
  });
});

test('a symbol is followed once at a time, until its horizon is over', () => {
  const outcomes = new SignalOutcomes();
  const first = signal('A/USDT');
  outcomes.follow([first, signal('B/USDT'), { ...signal('C/USDT'), winProbability: undefined }]);
  outcomes.follow([signal('A/USDT', 'short')]);
  expect([outcomes.open, outcomes.due(START + 4 * HOUR - 1)]).toEqual([2, []]);
  expect(outcomes.due(START + 4 * HOUR)).toHaveLength(2);
  outcomes.resolve(first, new Map());
  expect(outcomes.due(START + 4 * HOUR)).toHaveLength(1);
});

test.each([
  [20, 40, 0.5, 0],
  [15, 40, 0.5, 0],
  [4, 40, 0.5, 0.538],
])(
  '%i wins of %i with a chance of %f fall short by %f at the very least',
  (wins, count, chance, least) => {
    const outcomes = new SignalOutcomes();
    for (let i = 0; i < count; i++) {
      const one = signal(`S${i}/USDT`, 'long', chance);
      outcomes.follow([one]);
      outcomes.resolve(
        one,
        i < wins ? hours([99, 111], FLAT, FLAT, FLAT) : hours(FLAT, FLAT, FLAT, FLAT),
      );
    }
    expect(outcomes.read().shortfall).toBeCloseTo(least, 2);
  },
);
