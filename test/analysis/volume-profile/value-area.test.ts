import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  pointOfControlRow,
  valueAreaRows,
} from '../../../src/analysis/volume-profile/value-area.js';

const ROWS = Float64Array.of(10, 20, 60, 90, 150, 80, 75, 30, 15);

const rowsArbitrary = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 })
  .filter((rows) => rows.some((row) => row > 0))
  .map((rows) => Float64Array.from(rows));

const held = (rows: Float64Array, low: number, high: number): number =>
  rows.slice(low, high + 1).reduce((sum, row) => sum + row, 0);

describe('valueAreaRows', () => {
  it.each([
    ['one-row', { low: 3, high: 6 }, 395],
    ['two-row', { low: 2, high: 6 }, 455],
  ] as const)('gives the published rows by the %s rule', (rule, expected, volume) => {
    const area = valueAreaRows(ROWS, pointOfControlRow(ROWS), 0.7, rule);
    expect(area).toEqual(expected);
    expect(held(ROWS, area.low, area.high)).toBe(volume);
  });

  it.each(['one-row', 'two-row'] as const)(
    'gives a tie to the upper side by the %s rule',
    (rule) => {
      const { low, high } = valueAreaRows(Float64Array.of(3, 3, 9, 3, 3), 2, 0.55, rule);
      expect(low).toBe(2);
      expect(high).toBeGreaterThan(2);
    },
  );

  it('counts what is left at an end, and goes on at the other', () => {
    const rows = Float64Array.of(1, 1, 1, 8, 2);
    expect(valueAreaRows(rows, 3, 0.7, 'two-row')).toEqual({ low: 3, high: 4 });
    expect(valueAreaRows(rows, 3, 0.9, 'two-row')).toEqual({ low: 1, high: 4 });
    expect(valueAreaRows(rows, 3, 1, 'two-row')).toEqual({ low: 0, high: 4 });
  });

  it('crosses a stretch without volume', () => {
    const rows = Float64Array.of(10, 0, 0, 0, 0, 0, 9);
    expect(valueAreaRows(rows, 0, 0.7, 'two-row')).toEqual({ low: 0, high: 6 });
  });

  it('holds the share, and did not before its last step', () => {
    fc.assert(
      fc.property(
        rowsArbitrary,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.constantFrom('one-row' as const, 'two-row' as const),
        (rows, share, rule) => {
          const control = pointOfControlRow(rows);
          const total = held(rows, 0, rows.length - 1);
          const { low, high } = valueAreaRows(rows, control, share, rule);
          expect(held(rows, low, high)).toBeGreaterThanOrEqual(share * total * (1 - 1e-9));
          // Without its upper or its lower last step, the area is one that the rule may have left behind; one of them fell short.
          const step = rule === 'two-row' ? 2 : 1;
          const shorter = [
            held(rows, Math.min(low + step, control), high),
            held(rows, low, Math.max(high - step, control)),
          ];
          if (low < control || high > control) {
            expect(Math.min(...shorter)).toBeLessThan(share * total);
          }
        },
      ),
    );
  });
});

describe('pointOfControlRow', () => {
  it('finds the row of most volume, even the first', () => {
    expect(pointOfControlRow(Float64Array.of(9, 1, 1, 1))).toBe(0);
    expect(pointOfControlRow(ROWS)).toBe(4);
  });

  it('is -1 when nothing was traded', () => {
    expect(pointOfControlRow(new Float64Array(3))).toBe(-1);
    expect(pointOfControlRow(new Float64Array(0))).toBe(-1);
  });
});
