import { CandleSeries } from '../../src/market/candle-series.js';
import { resample } from '../../src/market/resample.js';
import { type Timeframe, timeframeMs } from '../../src/market/timeframe.js';
import type { DataProvider } from '../../src/ports/data-provider.js';

const STEP: Timeframe = '5m';
const STEP_MS = timeframeMs(STEP);
/** By how much prices rise from five minutes to the next. */
const RISE = 0.0005;

/** The markets of a source whose prices rise and rise, so that who buys wins and who sells short loses. From 5 minutes up. */
export function risingMarket(source: DataProvider, since: number): DataProvider {
  // Steps, so that longer candles are folds of shorter ones all the same.
  const height = (time: number): number => Math.exp(RISE * Math.floor((time - since) / STEP_MS));
  return {
    ...source,
    async fetchTickers(symbols, options) {
      const now = options?.asOf ?? (await source.fetchTime?.(options)) ?? since;
      const tickers = await source.fetchTickers(symbols, options);
      return tickers.map(({ last, bid, ask, ...ticker }) => {
        const times = height(now - 1);
        return { ...ticker, last: last * times, bid: bid && bid * times, ask: ask && ask * times };
      });
    },
    async fetchCandles(symbol, timeframe, limit, options) {
      const steps = timeframeMs(timeframe) / STEP_MS;
      const candles = await source.fetchCandles(symbol, STEP, (limit + 1) * steps, options);
      const risen = [...candles].map((candle) => {
        const times = height(candle.time);
        const [open, close] = [candle.open * times, candle.close * times];
        return { ...candle, open, close, high: candle.high * times, low: candle.low * times };
      });
      return resample(CandleSeries.from(risen), STEP, timeframe, options).slice(-limit);
    },
  };
}
