import { CandleSeries } from '../../market/candle-series.js';
import { type Timeframe, timeframeMs } from '../../market/timeframe.js';

/** Candles that closes alone describe: each opens at the close before, and has no wicks and no volume. */
export function closeSeries(closes: readonly number[], timeframe: Timeframe): CandleSeries {
  const step = timeframeMs(timeframe);
  return CandleSeries.from(
    closes.map((close, i) => {
      const open = i === 0 ? close : closes[i - 1];
      return [i * step, open, Math.max(open, close), Math.min(open, close), close, 0] as const;
    }),
  );
}
