import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  candleOpen,
  isClosed,
  isTimeframe,
  parseTimeframe,
  TIMEFRAMES,
  timeframeMs,
} from '../../src/market/timeframe.js';

const arbitraryTimeframe = fc.constantFrom(...TIMEFRAMES);
const arbitraryTime = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });

describe('timeframes', () => {
  test('are listed shortest first', () => {
    const lengths = TIMEFRAMES.map(timeframeMs);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect([timeframeMs('1m'), timeframeMs('4h'), timeframeMs('1w')]).toEqual([
      60_000, 14_400_000, 604_800_000,
    ]);
  });

  test('parseTimeframe takes one of the list and quotes anything else', () => {
    expect(parseTimeframe('15m')).toBe('15m');
    expect(() => parseTimeframe('7m')).toThrow('timeframe must be one of 1m, 3m,');
    expect(() => parseTimeframe('toString')).toThrow('was "toString"');
    expect([isTimeframe('1h'), isTimeframe('hasOwnProperty'), isTimeframe(60)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('candleOpen', () => {
  test('aligns to the epoch, and weeks to Monday 00:00 UTC', () => {
    const time = Date.UTC(2024, 4, 1, 10, 7, 31);
    expect(candleOpen(time, '5m')).toBe(Date.UTC(2024, 4, 1, 10, 5));
    expect(candleOpen(time, '4h')).toBe(Date.UTC(2024, 4, 1, 8));
    expect(candleOpen(time, '1w')).toBe(Date.UTC(2024, 3, 29));
    expect(new Date(candleOpen(time, '1w')).getUTCDay()).toBe(1);
  });

  test('is the one candle that contains the time', () => {
    fc.assert(
      fc.property(arbitraryTime, arbitraryTimeframe, (time, timeframe) => {
        const open = candleOpen(time, timeframe);
        expect(open <= time && time < open + timeframeMs(timeframe)).toBe(true);
        expect(candleOpen(open, timeframe)).toBe(open);
      }),
    );
  });
});

describe('isClosed', () => {
  test('holds from the millisecond in which the candle ends', () => {
    fc.assert(
      fc.property(arbitraryTime, arbitraryTimeframe, (time, timeframe) => {
        const end = time + timeframeMs(timeframe);
        expect([isClosed(time, timeframe, end - 1), isClosed(time, timeframe, end)]).toEqual([
          false,
          true,
        ]);
      }),
    );
  });
});
