import { describe, expect, it } from 'vitest';
import { type ChartPattern, chartPatterns } from '../../../src/analysis/regime/patterns.js';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { drawn, mirrored, path, randomWalk, scaled } from './planted-markets.js';

type Corner = readonly [index: number, level: number];

const DOUBLE_TOP: readonly Corner[] = [
  [0, 8],
  [20, 0],
  [45, 20],
  [60, 12],
  [75, 20.2],
  [84, 14],
];

const PLANTED: readonly (readonly [
  bearish: ChartPattern['name'],
  bullish: ChartPattern['name'],
  corners: readonly Corner[],
])[] = [
  ['double-top', 'double-bottom', DOUBLE_TOP],
  [
    'head-and-shoulders',
    'inverse-head-and-shoulders',
    [
      [0, 8],
      [20, 0],
      [40, 14],
      [52, 9],
      [68, 21],
      [84, 9.3],
      [96, 14.2],
      [101, 10.5],
    ],
  ],
  [
    'descending-triangle',
    'ascending-triangle',
    [
      [0, 5],
      [15, 22],
      [35, 0],
      [52, 16],
      [68, 0.2],
      [78, 9],
      [83, 5],
    ],
  ],
  [
    'rising-wedge',
    'falling-wedge',
    [
      [0, 4],
      [20, 20],
      [32, 8],
      [46, 24],
      [57, 17],
      [70, 28],
      [74, 24.5],
    ],
  ],
];

function only(candles: CandleSeries, name: ChartPattern['name']): ChartPattern {
  const found = chartPatterns(candles).filter((pattern) => pattern.name === name);
  expect(found, name).toHaveLength(1);
  return found[0];
}

describe('chartPatterns', () => {
  it.each(PLANTED)(
    'finds a planted %s, and a %s in its mirror image',
    (bearish, bullish, corners) => {
      const candles = drawn(path(...corners));
      const pattern = only(candles, bearish);
      const reflection = only(mirrored(candles), bullish);
      expect(pattern).toMatchObject({ bias: -1, state: 'forming' });
      expect(reflection).toMatchObject({ bias: 1, state: 'forming' });
      expect(pattern.quality).toBeGreaterThan(0.4);
      expect(reflection.quality).toBeCloseTo(pattern.quality, 9);
      expect([reflection.from, reflection.to]).toEqual([pattern.from, pattern.to]);
      const square = candles.close[0] ** 2;
      expect(reflection.levels.upper).toBeCloseTo(square / pattern.levels.lower, 6);
      expect(reflection.levels.lower).toBeCloseTo(square / pattern.levels.upper, 6);
    },
  );

  it('finds a symmetric triangle, without bias until it breaks', () => {
    const corners: readonly Corner[] = [
      [0, 5],
      [15, 22],
      [33, 0],
      [48, 18],
      [62, 5],
      [75, 14],
    ];
    const inside = only(drawn(path(...corners, [79, 10.5])), 'symmetric-triangle');
    expect(inside).toMatchObject({ bias: 0, state: 'forming' });
    const broken = drawn(path(...corners, [82, 5]));
    expect(only(broken, 'symmetric-triangle')).toMatchObject({ bias: -1, state: 'confirmed' });
    expect(only(mirrored(broken), 'symmetric-triangle')).toMatchObject({ bias: 1 });
  });

  it('gives a double top the times of its tops and the levels of its tops and its dip', () => {
    const candles = drawn(path(...DOUBLE_TOP));
    const { from, to, levels } = only(candles, 'double-top');
    const first = Math.max(...candles.high.subarray(30, 60));
    const second = Math.max(...candles.high.subarray(60));
    expect(from).toBe(candles.time[candles.high.indexOf(first)]);
    expect(to).toBe(candles.time[candles.high.indexOf(second)]);
    expect(levels.upper).toBeCloseTo(Math.max(first, second), 9);
    expect(levels.lower).toBeCloseTo(Math.min(...candles.low.subarray(50, 70)), 9);
  });

  it('confirms a double top on a close under its dip, and drops it above its tops or far below', () => {
    const tops = DOUBLE_TOP.slice(0, -1);
    const names = (...corners: Corner[]) =>
      chartPatterns(drawn(path(...tops, ...corners))).map(({ name, state }) => `${name} ${state}`);
    expect(names([84, 14])).toEqual(['double-top forming']);
    expect(names([90, 10])).toEqual(['double-top confirmed']);
    expect(names([84, 14], [96, 24])).toEqual([]);
    expect(names([84, 14], [100, 0])).toEqual([]);
  });

  it('forgets a pattern once it is older than it was long', () => {
    const waiting = path(...DOUBLE_TOP, [150, 14.5]);
    expect(chartPatterns(drawn(waiting))).toEqual([]);
  });

  it('finds a pattern in at most a quarter of walks without direction', () => {
    const walks = Array.from({ length: 300 }, (_, seed) => chartPatterns(randomWalk(7000 + seed)));
    expect(walks.filter((found) => found.length > 0).length / walks.length).toBeLessThan(0.25);
  });

  it('gives well-formed patterns, best first, whatever the scale of prices', () => {
    for (let seed = 0; seed < 300; seed++) {
      const candles = randomWalk(seed, 200);
      const found = chartPatterns(candles);
      for (const { quality, from, to, levels } of found) {
        expect(quality).toBeGreaterThanOrEqual(0);
        expect(quality).toBeLessThanOrEqual(1);
        expect(from).toBeLessThan(to);
        expect(levels.lower).toBeLessThan(levels.upper);
      }
      const qualities = found.map(({ quality }) => quality);
      expect(qualities).toEqual(qualities.toSorted((a, b) => b - a));
      const names = found.map(({ name }) => name);
      expect(chartPatterns(scaled(candles, 2 ** -20)).map(({ name }) => name)).toEqual(names);
    }
  });

  it('finds none in an empty or flat series', () => {
    const flat = Array.from({ length: 100 }, (_, i) => [i * 60_000, 5, 5, 5, 5, 1] as const);
    expect(chartPatterns(CandleSeries.empty())).toEqual([]);
    expect(chartPatterns(CandleSeries.from(flat))).toEqual([]);
  });
});
