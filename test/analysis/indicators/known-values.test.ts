import { describe, expect, it } from 'vitest';
import { adx } from '../../../src/analysis/indicators/adx.js';
import { atr, trueRange } from '../../../src/analysis/indicators/atr.js';
import { bollingerBands } from '../../../src/analysis/indicators/bollinger-bands.js';
import { changeDeviation } from '../../../src/analysis/indicators/change-deviation.js';
import { efficiencyRatio } from '../../../src/analysis/indicators/efficiency-ratio.js';
import { ema } from '../../../src/analysis/indicators/ema.js';
import { linearSlope, linearSlopeT } from '../../../src/analysis/indicators/linear-slope.js';
import { macd } from '../../../src/analysis/indicators/macd.js';
import { mfi } from '../../../src/analysis/indicators/mfi.js';
import { obv } from '../../../src/analysis/indicators/obv.js';
import { relativeVolume } from '../../../src/analysis/indicators/relative-volume.js';
import { roc } from '../../../src/analysis/indicators/roc.js';
import { rsi } from '../../../src/analysis/indicators/rsi.js';
import { sma } from '../../../src/analysis/indicators/sma.js';
import { stochastic } from '../../../src/analysis/indicators/stochastic.js';
import { volumeFlow } from '../../../src/analysis/indicators/volume-flow.js';
import { vwap } from '../../../src/analysis/indicators/vwap.js';
import { wilder } from '../../../src/analysis/indicators/wilder.js';
import { CandleSeries } from '../../../src/market/candle-series.js';

const { NaN: none } = Number;
const column = (...values: number[]): Float64Array => Float64Array.from(values);

/** Candles from `[high, low, close, volume]`. */
function candles(...rows: readonly (readonly [number, number, number, number])[]): CandleSeries {
  return CandleSeries.from(
    rows.map(([high, low, close, volume], i) => [i, close, high, low, close, volume] as const),
  );
}

describe('averages', () => {
  it('sma is the mean of the window', () => {
    expect([...sma(column(1, 2, 6, 3, 9), 3)]).toEqual([none, none, 3, 11 / 3, 6]);
  });

  it('ema starts at the mean and steps by 2 / (length + 1)', () => {
    expect([...ema(column(1, 2, 6, 5, 1), 3)]).toEqual([none, none, 3, 4, 2.5]);
  });

  it('wilder starts at the mean and steps by 1 / length', () => {
    expect([...wilder(column(1, 3, 4, 1), 2)]).toEqual([none, 2, 3, 2]);
  });

  it('ema and wilder begin after the warm-up of what they follow', () => {
    const chained = column(none, none, 1, 3, 4);
    expect([...ema(chained, 2)].map(Number.isNaN)).toEqual([true, true, true, false, false]);
    expect([...wilder(chained, 2)]).toEqual([none, none, none, 2, 3]);
  });
});

describe('momentum', () => {
  it("rsi meets Wilder's example", () => {
    const close = column(
      ...[44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.1, 45.42, 45.84, 46.08],
      ...[45.89, 46.03, 45.61, 46.28, 46.28, 46.0, 46.03, 46.41, 46.22, 45.64],
    );
    const expected = [70.4641, 66.2496, 66.4809, 69.3469, 66.2947, 57.915];
    expect([...rsi(close).subarray(14)].map((v) => Number(v.toFixed(4)))).toEqual(expected);
  });

  it('rsi is 100 in a market that only rose, 0 in one that only fell, 50 in one that stood still', () => {
    expect(rsi(column(1, 2, 3), 2)[2]).toBe(100);
    expect(rsi(column(3, 2, 1), 2)[2]).toBe(0);
    expect(rsi(column(2, 2, 2), 2)[2]).toBe(50);
  });

  it('macd seeds its fast average where the slow one becomes valid', () => {
    const { macd: line, signal, histogram } = macd(column(1, 5, 3, 7, 8), 1, 3, 2);
    // Slow: 3, 5, 6.5; fast is the close itself: 3, 7, 8.
    expect([...line]).toEqual([none, none, none, 2, 1.5]);
    expect([...signal]).toEqual([none, none, none, 1, 4 / 3]);
    expect([...histogram]).toEqual([none, none, none, 1, 1.5 - 4 / 3]);
  });

  it('roc is the move over length candles as a fraction, and 0 where it started at 0', () => {
    expect([...roc(column(2, 4, 3, 1), 2)]).toEqual([none, none, 0.5, -0.75]);
    expect(roc(column(0, 5), 1)[1]).toBe(0);
  });

  it('stochastic averages the place of the close in its range', () => {
    const { k, d } = stochastic(
      candles([11, 1, 6, 1], [13, 3, 13, 1], [13, 9, 10, 1], [10, 9, 9, 1]),
      2,
      1,
      2,
    );
    // Raw: 100, 70, 0.
    expect([...k]).toEqual([none, none, 70, 0]);
    expect([...d]).toEqual([none, none, 85, 35]);
  });

  it('mfi is the share of money that came in on a rising typical price', () => {
    const flow = mfi(
      candles([1, 1, 1, 9], [2, 2, 2, 3], [1, 1, 1, 2], [1, 1, 1, 7], [1, 1, 1, 7], [1, 1, 1, 7]),
      2,
    );
    expect([...flow]).toEqual([none, none, 75, 0, 0, 0]);
  });
});

describe('trend', () => {
  it('adx is 100 in a market that only rose, and its minus indicator 0', () => {
    const rows = Array.from({ length: 8 }, (_, i) => [i + 3, i + 1, i + 2, 1] as const);
    const { adx: index, plusDi, minusDi } = adx(candles(...rows), 2);
    expect([...index]).toEqual([none, none, none, 100, 100, 100, 100, 100]);
    // Every candle moves up by 1 and has a true range of 2.
    expect([...plusDi]).toEqual([none, none, 50, 50, 50, 50, 50, 50]);
    expect([...minusDi].slice(2)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('adx counts equal decimal moves for neither side', () => {
    // Up by 0.01 and down by 0.01, which binary rounding makes 0.00999... and 0.01000...
    const { plusDi, minusDi } = adx(
      candles([20.48, 20.46, 20.47, 1], [20.49, 20.45, 20.47, 1], [20.5, 20.44, 20.47, 1]),
      1,
    );
    expect([plusDi[1], minusDi[1], plusDi[2], minusDi[2]]).toEqual([0, 0, 0, 0]);
  });

  it('mfi counts equal decimal typical prices for neither side', () => {
    const tie = candles([20.477, 20.465, 20.476, 5], [20.482, 20.468, 20.468, 5]);
    expect(20.477 + 20.465 + 20.476).not.toBe(20.482 + 20.468 + 20.468);
    expect(mfi(tie, 1)[1]).toBe(0);
  });

  it('linearSlope is the slope of the least-squares line', () => {
    expect([...linearSlope(column(1, 3, 2, 9), 3)]).toEqual([none, none, 0.5, 3]);
  });

  it('linearSlopeT is the slope over its standard error', () => {
    // Residuals -0.5, 1, -0.5: variance 1.5, over a spread of 2.
    expect(linearSlopeT(column(1, 3, 2), 3)[2]).toBeCloseTo(0.5 / Math.sqrt(1.5 / 2), 14);
    expect(linearSlopeT(column(4, 4, 4), 3)[2]).toBe(0);
    expect(linearSlopeT(column(1, 2), 2)[1]).toBe(0);
    const perfect = linearSlopeT(column(1, 2, 3, 4, 5), 5)[4];
    expect(perfect).toBeGreaterThan(1e5);
    expect(perfect).toBeLessThan(1e7);
  });

  it('efficiencyRatio is the signed net move over the path', () => {
    expect([...efficiencyRatio(column(1, 2, 3, 2, 1, 1, 1), 2)]).toEqual([
      ...[none, none, 1, 0, -1, -1, 0],
    ]);
  });
});

describe('volatility', () => {
  it('trueRange spans the jump from the previous close', () => {
    expect([trueRange(12, 10, 11), trueRange(12, 10, 8), trueRange(12, 10, 15)]).toEqual([2, 4, 5]);
    expect(trueRange(12, 10, none)).toBe(none);
  });

  it('atr starts with the mean of true ranges, from the second candle on', () => {
    const range = atr(candles([9, 1, 5, 1], [6, 4, 5, 1], [9, 5, 6, 1], [7, 1, 2, 1]), 2);
    expect([...range]).toEqual([none, none, 3, 4.5]);
  });

  it('bollingerBands use the population deviation', () => {
    const { upper, middle, lower } = bollingerBands(column(1, 3, 5, 5), 2, 2);
    expect([...middle]).toEqual([none, 2, 4, 5]);
    expect([...upper]).toEqual([none, 4, 6, 5]);
    expect([...lower]).toEqual([none, 0, 2, 5]);
  });

  it('bollingerBands keep their width at the smallest prices', () => {
    const { upper, lower } = bollingerBands(column(1e-12, 3e-12), 2, 2);
    expect((upper[1] - lower[1]) / 1e-12).toBeCloseTo(4, 12);
  });

  it('changeDeviation is the sample deviation of changes', () => {
    expect([...changeDeviation(column(1, 2, 5), 2)]).toEqual([none, none, Math.SQRT2]);
  });
});

describe('volume', () => {
  it('obv starts at the first volume and follows the close', () => {
    const rows = candles([5, 5, 5, 4], [6, 6, 6, 3], [6, 6, 6, 9], [5, 5, 5, 2]);
    expect([...obv(rows)]).toEqual([4, 7, 7, 5]);
  });

  it('vwap weighs typical prices by volume, since the first candle or over a window', () => {
    const rows = candles([3, 3, 3, 0], [3, 1, 2, 1], [5, 5, 5, 2], [8, 8, 8, 2]);
    expect([...vwap(rows)]).toEqual([none, 2, 4, 5.6]);
    expect([...vwap(rows, 2)]).toEqual([none, 2, 4, 6.5]);
  });

  it('volumeFlow is the share of volume that followed the close', () => {
    const rows = candles([5, 5, 5, 4], [6, 6, 6, 3], [6, 6, 6, 1], [5, 5, 5, 3]);
    expect([...volumeFlow(rows, 2)]).toEqual([none, none, 0.75, -0.75]);
  });

  it('relativeVolume compares with the candles before, and has no answer where nothing traded', () => {
    expect([...relativeVolume(column(1, 3, 8, 0, 0, 5), 2)]).toEqual([none, none, 4, 0, 0, none]);
  });
});
