import { describe, expect, it } from 'vitest';
import { CandleSeries } from '../../src/market/candle-series.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { type DataQuality, dataQuality } from '../../src/scoring/data-quality.js';
import type { Factor } from '../../src/scoring/factor.js';
import type { PartialSnapshot } from '../../src/scoring/voices.js';
import { book, HOUR, NOW, readings, snapshot } from './fixtures.js';

const wantsBook: Factor = {
  id: 'book',
  needs: ['orderBook', 'trades'],
  weight: 1,
  evaluate: () => undefined,
};

function examine(
  changed: Partial<PartialSnapshot>,
  timeframes: readonly Timeframe[] = ['1h'],
  factors: readonly Factor[] = [],
): DataQuality {
  return dataQuality({ ...snapshot(changed), timeframes, planTimeframe: '1h' }, factors);
}

/** Hourly candles that end now; `price` and `volume` by age, 0 the newest. */
function hourly(
  length: number,
  price: (age: number) => number = () => 100,
  skipped: readonly number[] = [],
  volume = 5,
): CandleSeries {
  const rows: [number, number, number, number, number, number][] = [];
  for (let age = length - 1; age >= 0; age--) {
    if (skipped.includes(age)) continue;
    const close = price(age);
    rows.push([NOW - (age + 1) * HOUR, close, close, close, close, volume]);
  }
  return CandleSeries.from(rows);
}

const inCandles = (candles: CandleSeries): Partial<PartialSnapshot> => ({
  candles: new Map([['1h', candles] as const]),
});

describe('dataQuality', () => {
  it('finds nothing against a clean market', () => {
    expect(examine(inCandles(hourly(300)))).toEqual({ codes: [], miss: undefined });
  });

  it('keeps what was known before, in the order of the list, each once', () => {
    const asked = { ...snapshot(), timeframes: ['1h'], planTimeframe: '1h' } as const;
    const known = ['served-from-cache', 'gaps', 'gaps'] as const;
    expect(dataQuality(asked, [], known).codes).toEqual(['gaps', 'served-from-cache']);
  });

  it.each([
    ['a fiftyfold jump up', (age: number) => (age < 10 ? 5001 : 100)],
    ['a fiftyfold jump down', (age: number) => (age < 10 ? 100 : 5001)],
  ])('does not believe %s', (_, price) => {
    const { codes, miss } = examine(inCandles(hourly(100, price)));
    expect(codes).toEqual(['price-jump']);
    expect(miss).toMatchObject({ rule: 'data-quality', threshold: 50 });
    expect(miss?.value).toBeCloseTo(50.01, 9);
    expect(miss?.detail?.()).toBe(
      'two 1h closes in a row differ 50.01-fold, at most 50 is believed',
    );
  });

  it('believes a forty-ninefold move', () => {
    const price = (age: number): number => (age < 10 ? 4900 : 100);
    expect(examine(inCandles(hourly(100, price))).miss).toBeUndefined();
  });

  it.each([
    ['up', (age: number) => (age < 10 ? 765 : 100)],
    ['down', (age: number) => (age < 10 ? 100 : 765)],
  ])('does not believe a market that comes back from a halt more than fivefold %s', (_, price) => {
    const { codes, miss } = examine(inCandles(hourly(100, price, [10, 11])));
    expect(codes).toEqual(['gaps', 'price-jump']);
    expect(miss).toMatchObject({ rule: 'data-quality', threshold: 5 });
    expect(miss?.value).toBeCloseTo(7.65, 9);
    expect(miss?.detail?.()).toBe(
      'two 1h closes across a halt differ 7.650-fold, at most 5 is believed',
    );
    expect(examine(inCandles(hourly(100, price))).codes).toEqual([]);
  });

  it('takes candles without volume for a halt as well', () => {
    const rows = [...hourly(100, (age) => (age < 10 ? 765 : 100))].map((candle, i) =>
      i === 88 || i === 89 ? { ...candle, volume: 0 } : candle,
    );
    const { codes, miss } = examine(inCandles(CandleSeries.from(rows)));
    expect(codes).toEqual(['price-jump']);
    expect(miss).toMatchObject({ value: 7.65, threshold: 5 });
  });

  it('finds a jump on any timeframe', () => {
    const candles = new Map<Timeframe, CandleSeries>([
      ['15m', hourly(60, (age) => (age < 3 ? 1e6 : 100))],
      ['1h', hourly(60)],
    ]);
    expect(examine({ candles }, ['15m', '1h']).miss?.detail?.()).toMatch('two 15m closes');
  });

  it('marks any gap and forbids more than one candle in twenty', () => {
    const few = examine(inCandles(hourly(100, undefined, [3, 4, 5, 6, 7])));
    expect(few).toEqual({ codes: ['gaps'], miss: undefined });
    const many = examine(inCandles(hourly(100, undefined, [3, 4, 5, 6, 7, 8])));
    expect(many.miss).toMatchObject({ rule: 'data-quality', threshold: 0.05, sense: 'at-most' });
    expect(many.miss?.value).toBeCloseTo(0.06, 12);
  });

  it('does not take a closed weekend for a gap', () => {
    // Now is a Friday, 08:00 UTC; its last Saturday began 152 hours before.
    const ages = (from: number, to: number): number[] =>
      Array.from({ length: from - to }, (_, i) => from - 1 - i);
    const weekend = ages(154, 106);
    expect(examine(inCandles(hourly(300, undefined, weekend)))).toEqual({
      codes: [],
      miss: undefined,
    });
    const midweek = ages(100, 51);
    expect(examine(inCandles(hourly(300, undefined, midweek))).miss?.value).toBeCloseTo(49 / 300);
    const week = ages(200, 50);
    expect(examine(inCandles(hourly(300, undefined, week))).miss?.value).toBe(0.5);
  });

  it('forbids a plan timeframe whose newest candle closed more than two candles ago', () => {
    const at = (age: number) =>
      examine({ readings: new Map([['1h', readings({ time: NOW - (age + 1) * HOUR })]]) });
    expect(at(2)).toEqual({ codes: [], miss: undefined });
    expect(at(2.5).codes).toEqual(['stale']);
    expect(at(2.5).miss).toMatchObject({ rule: 'data-quality', value: 2.5, threshold: 2 });
  });

  it('forbids a plan timeframe without enough candles', () => {
    const short = examine({ readings: new Map([['1h', readings({ count: 50 })]]) });
    expect(short.codes).toEqual(['short-history']);
    expect(short.miss?.detail?.()).toBe('50 closed 1h candles, at least 51 are needed');
    const none = examine({ readings: new Map() });
    expect(none.codes).toEqual(['missing-timeframe']);
    expect(none.miss).toMatchObject({ value: 0, threshold: 51 });
  });

  it('marks another timeframe that is missing without forbidding the symbol', () => {
    expect(examine({}, ['5m', '1h'])).toEqual({ codes: ['missing-timeframe'], miss: undefined });
  });

  it('marks a market that hardly trades', () => {
    expect(examine(inCandles(hourly(100, undefined, [], 0))).codes).toEqual(['zero-volume']);
  });

  it('marks a missing book and missing trades only where a factor asks for them', () => {
    expect(examine({}, ['1h'], [wantsBook]).codes).toEqual(['no-order-book', 'no-trades']);
    expect(examine({ orderBook: book(99, 101, 1) }).codes).toEqual([]);
  });
});
