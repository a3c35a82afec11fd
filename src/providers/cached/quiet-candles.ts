import { CandleSeries } from '../../market/candle-series.js';
import { concatenate } from '../../market/concatenate.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import type { KnownCandles } from './known-candles.js';

/** What a source has of a time in which nobody traded: a candle at the last price without volume, or none at all. */
type Habit = 'flat' | 'none';

/** So many times at least a source must have shown its habit. */
const LEAST_SHOWN = 3;
/** And so many times as often as the other one: an outage leaves a hole at any source. */
const CLEARLY = 10;

/**
 * What is known once it is certain that nobody traded until a moment, as the source itself would tell it; `undefined` where the
 * series does not show which way that is.
 */
export function continuedQuietly(
  known: KnownCandles,
  timeframe: Timeframe,
  until: number,
): KnownCandles | undefined {
  const habit = habitOf(known, timeframe);
  if (habit === undefined) return undefined;
  if (habit === 'none') return { ...known, until };
  const { close, length } = known.candles;
  const price = close[length - 1];
  const flat = { open: price, high: price, low: price, close: price, volume: 0 };
  const times: number[] = [];
  const span = timeframeMs(timeframe);
  for (let time = candleOpen(known.until, timeframe); time < until; time += span) times.push(time);
  const fresh = CandleSeries.from(times.map((time) => ({ time, ...flat })));
  return { ...known, candles: concatenate([known.candles, fresh]), until };
}

function habitOf({ candles, until }: KnownCandles, timeframe: Timeframe): Habit | undefined {
  const { length, time } = candles;
  if (length === 0) return undefined;
  // What it did a moment ago it goes on with.
  if (time[length - 1] + timeframeMs(timeframe) < candleOpen(until, timeframe)) return 'none';
  if (isFlat(candles, length - 1)) return 'flat';
  const { flats, holes } = shown(candles, timeframe);
  if (flats >= LEAST_SHOWN && flats >= holes * CLEARLY) return 'flat';
  if (holes >= LEAST_SHOWN && holes >= flats * CLEARLY) return 'none';
  return undefined;
}

/** How often a series shows either habit. */
function shown(
  candles: CandleSeries,
  timeframe: Timeframe,
): { readonly flats: number; readonly holes: number } {
  const { length, time } = candles;
  let flats = 0;
  let holes = 0;
  for (let i = 1; i < length; i++) {
    if (time[i] - time[i - 1] > timeframeMs(timeframe)) holes++;
    else if (isFlat(candles, i)) flats++;
  }
  return { flats, holes };
}

function isFlat({ open, high, low, close, volume }: CandleSeries, i: number): boolean {
  const price = close[i - 1];
  return volume[i] === 0 && [open[i], high[i], low[i], close[i]].every((value) => value === price);
}
