import { CandleSeries } from '../../market/candle-series.js';
import { COMMON_VOLATILITY, type Listing, OPENED } from './listing.js';
import { BURST, EXPONENTIAL, high, low, unit } from './quantiles.js';
import { randomUnit, randomWords } from './random-words.js';
import { ACTIVITY, DAY_MINUTES, DAY_MS, MINUTE_MS, MOVEMENT } from './session.js';

/** Few enough to need no more volume than any traded minute has, enough to visit open, high, low and close. */
const LEAST_LOTS = 4;
/** Length of a wick, in standard deviations of a minute's move. */
const WICK = 0.5;
/** One day in so many has an outage, in markets that have them. */
const OUTAGE_DAYS = 3;
const LONGEST_OUTAGE = 40;

/**
 * One day's minute candles, in whole ticks and whole lots: counts add without rounding, so that a candle of any timeframe is
 * the exact fold of its minutes.
 *
 * @param path - Log price relative to day 0: entry `m` before minute `m`, and the last at the day's end.
 * @param resting - Close in ticks of a market in which nobody trades any more.
 */
export function drawMinutes(
  seed: number,
  listing: Listing,
  day: number,
  path: Float64Array,
  resting: number | undefined,
): CandleSeries {
  const dayStart = OPENED + day * DAY_MS;
  const first = minuteOf(listing.listedAt, dayStart);
  const end = minuteOf(listing.haltedAt, dayStart);
  const silentFrom = minuteOf(listing.silentFrom, dayStart);
  const outage = outageOf(seed, listing, day);
  const words = randomWords(2 * DAY_MINUTES, seed, listing.index, day, 2);
  const column = (): Float64Array => new Float64Array(Math.max(0, end - first));
  const candles = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  const deviation = minuteDeviation(listing);
  let rows = 0;
  let rest = resting ?? 0;
  let close = ticksAt(listing, path[first]);
  for (let m = first; m < end; m++) {
    const open = close;
    close = ticksAt(listing, path[m + 1]);
    if (m >= outage.start && m < outage.end) continue;
    const row = rows++;
    const word = words[2 * m];
    candles.time[row] = dayStart + m * MINUTE_MS;
    // The first minute always trades: a silent one repeats a close, and there is none before it.
    if (m >= silentFrom || (m > first && unit(low(word)) < listing.silence)) {
      candles.open[row] = rest;
      candles.high[row] = rest;
      candles.low[row] = rest;
      candles.close[row] = rest;
      continue;
    }
    const wicks = words[2 * m + 1];
    const reach = WICK * deviation * MOVEMENT[m] * close;
    const surprise = Math.abs(path[m + 1] - path[m]) / (deviation * MOVEMENT[m]);
    candles.open[row] = open;
    candles.high[row] = Math.max(open, close) + Math.floor(reach * EXPONENTIAL[high(wicks)]);
    candles.low[row] = Math.max(
      1,
      Math.min(open, close) - Math.floor(reach * EXPONENTIAL[low(wicks)]),
    );
    candles.close[row] = close;
    candles.volume[row] =
      LEAST_LOTS +
      Math.floor(listing.lotsPerMinute * ACTIVITY[m] * (0.4 + 0.6 * surprise) * BURST[high(word)]);
    rest = close;
  }
  return CandleSeries.fromColumns({
    time: candles.time.subarray(0, rows),
    open: candles.open.subarray(0, rows),
    high: candles.high.subarray(0, rows),
    low: candles.low.subarray(0, rows),
    close: candles.close.subarray(0, rows),
    volume: candles.volume.subarray(0, rows),
  });
}

/** Standard deviation of the log return of an average minute. */
export function minuteDeviation({ beta, ownVolatility }: Listing): number {
  return Math.hypot(beta * COMMON_VOLATILITY, ownVolatility) / Math.sqrt(DAY_MINUTES);
}

function ticksAt({ initialTicks }: Listing, logPrice: number): number {
  return Math.max(1, Math.round(initialTicks * Math.exp(logPrice)));
}

function minuteOf(time: number, dayStart: number): number {
  return Math.min(DAY_MINUTES, Math.max(0, (time - dayStart) / MINUTE_MS));
}

// An outage never touches the first hour of a day, so that a day on its own begins where its first hour does.
function outageOf(seed: number, { quirk, index }: Listing, day: number) {
  const draw = randomUnit(seed, index, day, 4);
  if (quirk !== 'outages' || draw * OUTAGE_DAYS > 1) return { start: 0, end: 0 };
  const start = 60 + Math.floor(draw * OUTAGE_DAYS * (DAY_MINUTES - 60));
  const length = 1 + Math.floor(LONGEST_OUTAGE * randomUnit(seed, index, day, 5));
  return { start, end: start + length };
}
