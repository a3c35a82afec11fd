import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candleOpen, TIMEFRAMES, timeframeMs } from '../../src/market/timeframe.js';
import { candleWindow } from '../../src/scanner/window.js';

const MOMENTS = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });

describe('candleWindow', () => {
  test('holds the limit and at most half as much again, up to the newest closed candle', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TIMEFRAMES),
        fc.integer({ min: 50, max: 600 }),
        MOMENTS,
        (timeframe, limit, asOf) => {
          const { from, count } = candleWindow(timeframe, limit, asOf);
          expect(count).toBeGreaterThanOrEqual(limit);
          expect(count).toBeLessThan(limit + Math.ceil(limit / 2));
          expect(from + count * timeframeMs(timeframe)).toBe(candleOpen(asOf, timeframe));
          expect(candleOpen(from, timeframe)).toBe(from);
        },
      ),
    );
  });

  test('begins where it began before, until it moves on by half its limit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TIMEFRAMES), MOMENTS, (timeframe, asOf) => {
        const span = timeframeMs(timeframe);
        const starts = Array.from(
          { length: 451 },
          (_, i) => candleWindow(timeframe, 300, asOf + i * span).from,
        );
        const moves = starts.flatMap((from, i) => (i > 0 && from !== starts[i - 1] ? [i] : []));
        expect(moves).toHaveLength(3);
        expect(moves[1] - moves[0]).toBe(150);
        expect(starts[moves[0]] - starts[0]).toBe(150 * span);
      }),
      { numRuns: 20 },
    );
  });
});
