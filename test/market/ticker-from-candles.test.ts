import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CandleRow, CandleSeries } from '../../src/market/candle-series.js';
import { CandleTicker, tickerFromCandles } from '../../src/market/ticker-from-candles.js';

const MINUTE = 60_000;
const FIVE_MINUTES = 5 * MINUTE;
const DAY = 86_400_000;

/** Three days of five-minute candles, some of them missing. */
const gappySeries = fc
  .array(
    fc.record({
      price: fc.double({ min: 1, max: 9, noNaN: true }),
      step: fc.integer({ min: 1, max: 30 }),
    }),
    {
      minLength: 1,
      maxLength: 500,
    },
  )
  .map((rows) => {
    let time = 0;
    return CandleSeries.from(
      rows.map(({ price, step }, i): CandleRow => {
        time += (step > 20 ? step : 1) * FIVE_MINUTES;
        return [time, price, price, price, price, i % 7];
      }),
    );
  });

describe('the last day as candles tell it', () => {
  test('is the same whichever moments were asked for before', () => {
    fc.assert(
      fc.property(gappySeries, fc.array(fc.nat(4 * DAY), { minLength: 1 }), (candles, moments) => {
        const ticker = new CandleTicker('A/B', candles, '5m');
        for (const asOf of moments) {
          expect(ticker.at(asOf)).toEqual(tickerFromCandles('A/B', candles, '5m', asOf));
        }
      }),
    );
  });

  test('adds up the candles that closed within it', () => {
    fc.assert(
      fc.property(gappySeries, fc.nat(4 * DAY), (candles, asOf) => {
        const ticker = tickerFromCandles('A/B', candles, '5m', asOf);
        const closed = Array.from(candles).filter(({ time }) => time + FIVE_MINUTES <= asOf);
        expect(ticker === undefined).toBe(closed.length === 0);
        const turnover = closed
          .filter(({ time }) => time + FIVE_MINUTES > asOf - DAY)
          .reduce((sum, { close, volume }) => sum + close * volume, 0);
        const hasVolume = closed.some(({ volume }) => volume > 0);
        expect(ticker?.quoteVolume24h).toEqual(hasVolume ? expect.closeTo(turnover, 6) : undefined);
      }),
    );
  });
});
