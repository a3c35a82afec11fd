import { describe, expect, it } from 'vitest';
import { volumeTrend } from '../../../src/analysis/volume-profile/volume-trend.js';

const trend = (older: number, recent: number): string | undefined =>
  volumeTrend(Float64Array.of(1000, older, older, recent, recent), { length: 2 });

describe('volumeTrend', () => {
  it('compares the newest window with the one before it alone', () => {
    expect(trend(10, 13)).toBe('rising');
    expect(trend(13, 10)).toBe('falling');
    expect(trend(10, 12.5)).toBe('steady');
    expect(trend(12.5, 10)).toBe('steady');
    expect(trend(0, 1)).toBe('rising');
  });

  it('is undefined with too few candles, and where nothing was traded', () => {
    expect(volumeTrend(new Float64Array(39).fill(1))).toBeUndefined();
    expect(volumeTrend(new Float64Array(40).fill(1))).toBe('steady');
    expect(trend(0, 0)).toBeUndefined();
  });

  it.each([
    [{ length: 0 }, 'length must be an integer >= 1, was 0'],
    [{ threshold: -1 }, 'threshold must be finite and not negative, was -1'],
  ])('refuses %o', (options, message) => {
    expect(() => volumeTrend(new Float64Array(40), options)).toThrow(message);
  });
});
