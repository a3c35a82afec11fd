import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Delay } from '../../../src/analysis/rolling/delay.js';
import { type Extremes, RollingExtremes } from '../../../src/analysis/rolling/rolling-extremes.js';
import { RollingMoments } from '../../../src/analysis/rolling/rolling-moments.js';
import { RollingSum } from '../../../src/analysis/rolling/rolling-sum.js';

const value = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constant(7));
const values = fc.array(value, { maxLength: 80, size: 'max' });
const length = fc.integer({ min: 1, max: 12 });

/** Each window of `length` values beside what the kernel said at its end. */
function windows<Out>(
  values: readonly number[],
  length: number,
  kernel: { next(value: number): Out },
): { window: readonly number[]; said: Out }[] {
  return values
    .map((value, i) => ({
      window: values.slice(Math.max(0, i + 1 - length), i + 1),
      said: kernel.next(value),
    }))
    .slice(length - 1);
}

const add = (a: number, b: number): number => a + b;

describe('RollingSum', () => {
  it('is the sum of the window', () => {
    fc.assert(
      fc.property(values, length, (values, length) => {
        for (const { window, said } of windows(values, length, new RollingSum(length))) {
          expect(Math.abs(said - window.reduce(add))).toBeLessThanOrEqual(1e-11);
        }
      }),
    );
  });

  it('forgets a burst to the last bit once it has left the window', () => {
    const sum = new RollingSum(7);
    for (const burst of [1e30, -1e30, 1, 1e18]) sum.next(burst);
    const said = Array.from({ length: 30 }, () => sum.next(0.1));
    expect(said.slice(7).every((s) => Math.abs(s - 0.7) < 1e-15)).toBe(true);
  });

  it('is exactly 0 over a window of zeros', () => {
    const sum = new RollingSum(5);
    for (const v of [0.1, 0.2, 0.3, 1e9, 0.7, 0.4]) sum.next(v);
    expect(Array.from({ length: 12 }, () => sum.next(0)).slice(5)).toEqual(Array(7).fill(0));
  });

  it('is NaN while a NaN is in the window, and no longer', () => {
    const sum = new RollingSum(4);
    const said = [1, 1, 1, 1, Number.NaN, 1, 1, 1, 1, 1].map((v) => sum.next(v));
    expect(said.map(Number.isNaN)).toEqual([
      ...[true, true, true],
      false,
      ...[true, true, true, true],
      false,
      false,
    ]);
  });
});

function step(kernel: RollingExtremes, high: number, low: number): Extremes {
  const out = { highest: new Float64Array(1), lowest: new Float64Array(1) };
  kernel.advance({ high: Float64Array.of(high), low: Float64Array.of(low) }, out, 1);
  return { highest: out.highest[0], lowest: out.lowest[0] };
}

describe('RollingExtremes', () => {
  it('are the highest high and the lowest low of the window', () => {
    fc.assert(
      fc.property(values, length, (values, length) => {
        const kernel = new RollingExtremes(length);
        const said = windows(values, length, {
          next: (v) => step(kernel, v + 1, v - 1),
        });
        for (const { window, said: extremes } of said) {
          expect(extremes).toMatchObject({
            highest: Math.max(...window) + 1,
            lowest: Math.min(...window) - 1,
          });
        }
      }),
    );
  });

  it('are NaN until the window is full', () => {
    const kernel = new RollingExtremes(3);
    const said = [5, 4, 6].map((v) => step(kernel, v, v).highest);
    expect(said).toEqual([Number.NaN, Number.NaN, 6]);
  });
});

function describeNext(moments: RollingMoments, value: number): { mean: number; squares: number } {
  moments.next(value);
  return { mean: moments.mean, squares: moments.squares };
}

describe('RollingMoments', () => {
  it('agrees with two passes over the window, far from zero too', () => {
    fc.assert(
      fc.property(values, length, fc.constantFrom(0, 1e4, 1e9), (walk, length, level) => {
        const values = walk.map((v) => v + level);
        const kernel = new RollingMoments(length);
        const said = windows(values, length, {
          next: (v) => describeNext(kernel, v),
        });
        for (const { window, said: moments } of said) {
          const mean = window.reduce(add) / length;
          const squares = window.map((v) => (v - mean) ** 2).reduce(add);
          expect(Math.abs(moments.mean - mean)).toBeLessThanOrEqual(1e-15 * level + 1e-12);
          const rounding = 1e-12 * squares + length * (4e-16 * level) ** 2;
          expect(Math.abs(moments.squares - squares)).toBeLessThanOrEqual(rounding + 1e-20);
        }
      }),
    );
  });

  it('has no spread at all in a flat window, whatever came before', () => {
    const moments = new RollingMoments(5);
    for (const v of [1e9, 3.3, 0.1, 0.7, 12.3, 1e-9, 4]) moments.next(v);
    const said = Array.from({ length: 13 }, () => describeNext(moments, 0.1));
    expect(said.slice(4)).toEqual(Array(9).fill({ squares: 0, mean: 0.1 }));
  });
});

describe('Delay', () => {
  it('gives back what it took so many steps ago', () => {
    const delay = new Delay(3);
    expect([1, 2, 3, 4, 5].map((v) => delay.next(v))).toEqual([NaN, NaN, NaN, 1, 2]);
  });
});
