import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandleSeries } from '../../src/market/candle-series.js';
import { ContinuityReader, continuityOf } from '../../src/scoring/continuity.js';

const MINUTE = 60_000;

const anyCandles: fc.Arbitrary<CandleSeries> = fc
  .array(
    fc.record({
      step: fc.constantFrom(1, 1, 1, 2, 30, 3_000),
      close: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
      volume: fc.constantFrom(0, 5),
    }),
    { maxLength: 40 },
  )
  .map((rows) => {
    let time = 0;
    return CandleSeries.from(
      rows.map(({ step, close, volume }) => {
        time += step * MINUTE;
        return [time, close, close, close, close, volume] as const;
      }),
    );
  });

describe('continuity', () => {
  it('is the same whether candles were read one after another or all at once', () => {
    fc.assert(
      fc.property(anyCandles, fc.nat({ max: 40 }), (candles, cut) => {
        const reader = new ContinuityReader('1m');
        const first = Math.min(cut, candles.length);
        reader.read(candles.slice(0, first));
        reader.read(candles, first);
        expect(reader.continuity).toEqual(continuityOf(candles, '1m'));
      }),
    );
  });

  it('is whole where there is no candle', () => {
    expect(continuityOf(CandleSeries.empty(), '1m')).toEqual({
      gapShare: 0,
      silentShare: 0,
      jump: 1,
      haltJump: 1,
    });
  });

  it('tells the largest jump of all from the largest across a halt', () => {
    const rows = [
      [0, 100],
      [1, 400],
      [2, 100],
      [5, 200],
      [6, 200],
    ] as const;
    const candles = CandleSeries.from(
      rows.map(([minute, close]) => [minute * MINUTE, close, close, close, close, 1] as const),
    );
    expect(continuityOf(candles, '1m')).toEqual({
      gapShare: 2 / 7,
      silentShare: 0,
      jump: 4,
      haltJump: 2,
    });
  });
});
