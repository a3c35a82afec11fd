import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { type CandleRow, CandleSeries } from '../../src/market/candle-series.js';

const ROWS: readonly CandleRow[] = [
  [60_000, 100, 102, 99, 101, 5],
  [120_000, 101, 101, 101, 101, 0],
  [240_000, 101, 105, 100, 104, 7],
];

/** The rows with one field of one of them replaced. */
function broken(row: number, field: number, value: unknown): CandleRow[] {
  return ROWS.map((cells, i) =>
    i === row ? cells.map((cell, f) => (f === field ? value : cell)) : cells,
  ) as unknown as CandleRow[];
}

describe('CandleSeries.from', () => {
  test('keeps rows in columns, gaps included', () => {
    const series = CandleSeries.from(ROWS);
    expect(series.length).toBe(3);
    expect([...series.time]).toEqual([60_000, 120_000, 240_000]);
    expect([...series.close]).toEqual([101, 101, 104]);
    expect([...series.volume]).toEqual([5, 0, 7]);
  });

  test('reads candles as it reads rows, from any iterable', () => {
    const series = CandleSeries.from(ROWS);
    const again = CandleSeries.from(new Set([...series]));
    expect([...again]).toEqual([...series]);
  });

  test.each<[string, number, number, unknown, string]>([
    ['a time that repeats', 1, 0, 60_000, 'candle row 1: time must rise, was 60000 after 60000'],
    ['a time in fractions', 1, 0, 60_000.5, 'time must be whole epoch milliseconds, was 60000.5'],
    ['a high below the low', 2, 2, 99, 'low <= open, close <= high must hold'],
    ['a close above the high', 2, 4, 106, 'low <= open, close <= high must hold'],
    ['a price of zero', 0, 3, 0, 'low must be a finite price above 0, was 0'],
    ['a price of NaN', 0, 1, Number.NaN, 'open must be a finite price above 0, was NaN'],
    ['an infinite price', 0, 2, Infinity, 'high must be a finite price above 0, was Infinity'],
    ['a negative volume', 0, 5, -1, 'volume must be finite and not negative, was -1'],
    ['a volume of NaN', 0, 5, Number.NaN, 'volume must be finite and not negative, was NaN'],
    ['a price as text', 0, 1, '100', 'candle row 0: open must be a number, was "100"'],
    ['a volume that is missing', 0, 5, undefined, 'volume must be a number, was undefined'],
  ])('refuses %s, naming the row and the value', (_, row, field, value, message) => {
    expect(() => CandleSeries.from(broken(row, field, value))).toThrow(message);
  });

  test('refuses what is no row at all', () => {
    expect(() => CandleSeries.from([null as unknown as CandleRow])).toThrow(
      'candle row 0 must be a candle or a row, was null',
    );
  });

  test('arbitrary rows give a valid series or bad_data, never another throw', () => {
    const cell = fc.oneof(
      fc.integer({ min: -2, max: 5 }),
      fc.double(),
      fc.constantFrom(undefined, null, '1', Number.MAX_VALUE),
    );
    const row = fc.oneof(
      fc.array(cell, { maxLength: 7 }),
      fc.record({ time: cell, open: cell, high: cell, low: cell, close: cell, volume: cell }),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
        try {
          const series = CandleSeries.from(rows as CandleRow[]);
          for (const { open, high, low, close, volume } of series) {
            expect(low > 0 && high < Infinity && volume >= 0 && volume < Infinity).toBe(true);
            expect(low <= Math.min(open, close) && Math.max(open, close) <= high).toBe(true);
          }
        } catch (error) {
          expect(ScannerError.is(error) && error.code).toBe('bad_data');
        }
      }),
    );
  });
});

describe('CandleSeries.fromColumns', () => {
  test('copies, so that the given columns can go on changing', () => {
    const { time, open, high, low, close, volume } = CandleSeries.from(ROWS);
    const given = close.slice();
    const series = CandleSeries.fromColumns({ time, open, high, low, close: given, volume });
    given[0] = 999;
    expect(series.close[0]).toBe(101);
  });

  test('refuses columns of different lengths', () => {
    const series = CandleSeries.from(ROWS);
    const columns = { ...series, volume: series.volume.subarray(1) };
    expect(() => CandleSeries.fromColumns(columns)).toThrow('time has 3, volume has 2');
  });
});

describe('a series', () => {
  const series = CandleSeries.from(ROWS);

  test('at() counts from the newest when negative, and has nothing outside', () => {
    expect(series.at(0)?.time).toBe(60_000);
    expect(series.at(-1)?.close).toBe(104);
    expect([series.at(3), series.at(-4), series.at(0.5)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('slice() is a view over the same memory', () => {
    const tail = series.slice(-2);
    expect([...tail.time]).toEqual([120_000, 240_000]);
    expect(tail.close.buffer).toBe(series.close.buffer);
  });

  test('indexAt() is the first candle that does not open before the time', () => {
    expect([0, 60_000, 60_001, 240_000, 240_001].map((time) => series.indexAt(time))).toEqual([
      0, 0, 1, 2, 3,
    ]);
  });

  test('buffer and fromBuffer() carry a series, and a slice, without loss', () => {
    for (const original of [series, series.slice(1), CandleSeries.empty()]) {
      expect([...CandleSeries.fromBuffer(original.buffer)]).toEqual([...original]);
    }
  });

  test.each([
    ['of a size that is not six columns', new ArrayBuffer(8), 'has 8 bytes'],
    ['whose candles are not valid', new ArrayBuffer(48), 'open must be a finite price above 0'],
  ])('fromBuffer() refuses a buffer %s', (_, buffer, message) => {
    expect(() => CandleSeries.fromBuffer(buffer)).toThrow(message);
  });
});
