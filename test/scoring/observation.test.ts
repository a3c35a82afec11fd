import { describe, expect, it } from 'vitest';
import { CandleSeries } from '../../src/market/candle-series.js';
import { type Timeframe, timeframeMs } from '../../src/market/timeframe.js';
import { Judgement } from '../../src/scoring/judgement.js';
import { observe } from '../../src/scoring/observation.js';
import { HOUR, NOW, scoringInput } from './fixtures.js';

/** Candles that end now; `volume` by age in hours, 0 the newest. */
function candles(timeframe: Timeframe, length: number, volume: (hours: number) => number) {
  const span = timeframeMs(timeframe);
  return CandleSeries.from(
    Array.from({ length }, (_, i) => {
      const time = NOW - (length - i) * span;
      return [time, 100, 100, 100, 100, volume((NOW - time) / HOUR)] as const;
    }),
  );
}

function trendOf(...series: readonly [Timeframe, CandleSeries][]) {
  const input = scoringInput();
  const snapshot = { ...input.snapshot, candles: new Map(series) };
  const timeframes = series.map(([timeframe]) => timeframe);
  return observe(new Judgement({ ...input, snapshot, timeframes })).volumeTrend;
}

describe('the volume trend of an observation', () => {
  const byHourOfDay = (hours: number): number => 10 + 9 * Math.sin((hours * Math.PI) / 12);

  it('does not follow the hour of the day', () => {
    for (let hour = 0; hour < 24; hour++) {
      const shifted = (hours: number): number => byHourOfDay(hours + hour);
      expect(trendOf(['1h', candles('1h', 60, shifted)])).toBe('steady');
    }
  });

  it('is that of the newest day against the day before', () => {
    const today = (factor: number) => (hours: number) =>
      byHourOfDay(hours) * (hours <= 24 ? factor : 1);
    expect(trendOf(['1h', candles('1h', 60, today(1.5))])).toBe('rising');
    expect(trendOf(['1h', candles('1h', 60, today(0.5))])).toBe('falling');
  });

  it('is told by the shortest timeframe that holds two days', () => {
    const short = candles('5m', 575, (hours) => (hours < 1 ? 1_000 : 1));
    const long = candles('1h', 48, () => 1);
    expect(trendOf(['5m', short], ['1h', long])).toBe('steady');
    expect(trendOf(['5m', short])).toBeUndefined();
  });
});
