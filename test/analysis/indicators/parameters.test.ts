import { describe, expect, it } from 'vitest';
import { adx } from '../../../src/analysis/indicators/adx.js';
import { atr } from '../../../src/analysis/indicators/atr.js';
import { bollingerBands } from '../../../src/analysis/indicators/bollinger-bands.js';
import { changeDeviation } from '../../../src/analysis/indicators/change-deviation.js';
import { efficiencyRatio } from '../../../src/analysis/indicators/efficiency-ratio.js';
import { ema } from '../../../src/analysis/indicators/ema.js';
import { linearSlope } from '../../../src/analysis/indicators/linear-slope.js';
import { macd } from '../../../src/analysis/indicators/macd.js';
import { mfi } from '../../../src/analysis/indicators/mfi.js';
import { relativeVolume } from '../../../src/analysis/indicators/relative-volume.js';
import { roc } from '../../../src/analysis/indicators/roc.js';
import { rsi } from '../../../src/analysis/indicators/rsi.js';
import { sma } from '../../../src/analysis/indicators/sma.js';
import { stochastic } from '../../../src/analysis/indicators/stochastic.js';
import { volumeFlow } from '../../../src/analysis/indicators/volume-flow.js';
import { vwap } from '../../../src/analysis/indicators/vwap.js';
import { wilder } from '../../../src/analysis/indicators/wilder.js';
import { ScannerError } from '../../../src/errors.js';
import { CandleSeries } from '../../../src/market/candle-series.js';

const candles = CandleSeries.empty();
const values = new Float64Array();

const OF_LENGTH: Readonly<Record<string, (length: number) => unknown>> = {
  sma: (length) => sma(values, length),
  ema: (length) => ema(values, length),
  wilder: (length) => wilder(values, length),
  rsi: (length) => rsi(values, length),
  atr: (length) => atr(candles, length),
  adx: (length) => adx(candles, length),
  bollingerBands: (length) => bollingerBands(values, length),
  stochastic: (length) => stochastic(candles, length),
  mfi: (length) => mfi(candles, length),
  vwap: (length) => vwap(candles, length),
  roc: (length) => roc(values, length),
  efficiencyRatio: (length) => efficiencyRatio(values, length),
  volumeFlow: (length) => volumeFlow(candles, length),
  relativeVolume: (length) => relativeVolume(values, length),
};

function complaint(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return ScannerError.is(error) ? `${error.code}: ${error.message}` : `not ours: ${error}`;
  }
  return 'no complaint';
}

describe.each(Object.entries(OF_LENGTH))('%s', (_, call) => {
  it.each([0, -3, 2.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a length of %s',
    (length) => {
      expect(complaint(() => call(length))).toBe(
        `config: length must be an integer >= 1, was ${length}`,
      );
    },
  );
});

describe('parameters', () => {
  it('are quoted when they are no numbers', () => {
    expect(complaint(() => rsi(values, '14' as unknown as number))).toBe(
      'config: length must be an integer >= 1, was "14"',
    );
  });

  it('are at least 2 where a line or a deviation needs two values', () => {
    const expected = 'config: length must be an integer >= 2, was 1';
    expect(complaint(() => linearSlope(values, 1))).toBe(expected);
    expect(complaint(() => changeDeviation(values, 1))).toBe(expected);
  });

  it('are named where an indicator has several', () => {
    expect(complaint(() => macd(values, 0))).toBe('config: fast must be an integer >= 1, was 0');
    expect(complaint(() => macd(values, 12, 1.5))).toContain('slow must be');
    expect(complaint(() => macd(values, 12, 26, 0))).toContain('signal must be');
    expect(complaint(() => macd(values, 26, 12))).toBe(
      'config: fast must be at most slow, was 26 and 12',
    );
    expect(complaint(() => stochastic(candles, 14, 0))).toContain('smoothK must be');
    expect(complaint(() => stochastic(candles, 14, 3, 0))).toContain('smoothD must be');
    expect(complaint(() => bollingerBands(values, 20, 0))).toBe(
      'config: deviations must be a finite number above 0, was 0',
    );
  });
});
