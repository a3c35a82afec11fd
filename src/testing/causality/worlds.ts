import { type CandleRow, CandleSeries } from '../../market/candle-series.js';

/** The candles before `index` alone, in a buffer of their own: whoever looks beyond the end of a view finds nothing there. */
export function pastAlone(candles: CandleSeries, index: number): CandleSeries {
  return CandleSeries.from(rowsOf(candles).slice(0, index));
}

/** The same past with another future: what follows is shuffled and three times the price. */
export function otherFuture(candles: CandleSeries, index: number): CandleSeries {
  const rows = rowsOf(candles);
  const future = rows.slice(index);
  const scrambled = future.map(([time], i): CandleRow => {
    const [, open, high, low, close, volume] = future[(i * STRIDE + 1) % future.length];
    return [time, 3 * open, 3 * high, 3 * low, 3 * close, volume / 2];
  });
  return CandleSeries.from([...rows.slice(0, index), ...scrambled]);
}

// A prime far from any period of a market: neighbours of the future end up far apart.
const STRIDE = 7919;

function rowsOf(candles: CandleSeries): readonly CandleRow[] {
  return Array.from(candles, ({ time, open, high, low, close, volume }) => [
    time,
    open,
    high,
    low,
    close,
    volume,
  ]);
}
