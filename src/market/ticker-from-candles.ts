import type { CandleSeries } from './candle-series.js';
import type { Ticker } from './ticker.js';
import { type Timeframe, timeframeMs } from './timeframe.js';

const DAY = 86_400_000;

/**
 * The last 24 hours as candles tell them, or `undefined` where there are no candles.
 *
 * `time` is when the newest candle closed, so a market that fell silent shows its age. The quote volume takes each candle's
 * base volume at its typical price `(high + low + close) / 3`; it is `undefined` where no candle has any volume, as in
 * currency data. The change is against the newest close of at least 24 hours before `asOf`. Candles know no bid and no ask.
 *
 * @param candles - Candles that may go on beyond `asOf`: what closed later is not read.
 */
export function tickerFromCandles(
  symbol: string,
  candles: CandleSeries,
  timeframe: Timeframe,
  asOf: number,
): Ticker | undefined {
  const span = timeframeMs(timeframe);
  const end = candles.indexAt(asOf - span + 1);
  if (end === 0) return undefined;
  const newest = candles.close[end - 1];
  const dayStart = candles.indexAt(asOf - DAY - span + 1);
  const dayAgo = dayStart === 0 ? undefined : candles.close[dayStart - 1];
  return {
    symbol,
    time: candles.time[end - 1] + span,
    last: newest,
    bid: undefined,
    ask: undefined,
    quoteVolume24h: hasVolume(candles, end) ? quoteVolume(candles, dayStart, end) : undefined,
    change24h: dayAgo === undefined ? undefined : newest / dayAgo - 1,
  };
}

function quoteVolume(
  { high, low, close, volume }: CandleSeries,
  from: number,
  end: number,
): number {
  let sum = 0;
  for (let i = from; i < end; i++) sum += (volume[i] * (high[i] + low[i] + close[i])) / 3;
  return sum;
}

// Newest first: where there is volume at all, some of it is nearly always recent.
function hasVolume({ volume }: CandleSeries, end: number): boolean {
  for (let i = end - 1; i >= 0; i--) if (volume[i] > 0) return true;
  return false;
}
