import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { resample } from '../../../src/market/resample.js';
import { withExactVolumes } from '../../../src/providers/cached/exact-volumes.js';

const MINUTE = 60_000;

function minutes(volumes: readonly number[]): CandleSeries {
  return CandleSeries.from(
    volumes.map((volume, i) => ({
      ...{ time: i * MINUTE, open: 1, high: 1, low: 1, close: 1 },
      volume,
    })),
  );
}

function foldedVolume(volumes: readonly number[]): number | undefined {
  const parts = minutes(volumes);
  return withExactVolumes(resample(parts, '1m', '5m'), parts).at(-1)?.volume;
}

describe('the volume of a folded candle', () => {
  it('is the decimal sum, whatever doubles make of it', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 8 }),
        fc.array(fc.nat({ max: 10 ** 9 }), { minLength: 5, maxLength: 5 }),
        (decimals, steps) => {
          const decimal = (count: number): number => Number(`${count}e-${decimals}`);
          const sum = steps.reduce((total, count) => total + count, 0);
          expect(foldedVolume(steps.map(decimal))).toBe(decimal(sum));
        },
      ),
    );
  });

  it('differs from the sum of doubles in the last place, for which there is all this', () => {
    expect(0.1 + 0.2 + 0 + 0 + 0).not.toBe(0.3);
    expect(foldedVolume([0.1, 0.2, 0, 0, 0])).toBe(0.3);
  });

  it('is the sum of doubles where they are no decimals', () => {
    expect(foldedVolume([1 / 3, 1 / 7, 0, 0, 0])).toBe(1 / 3 + 1 / 7);
  });
});
