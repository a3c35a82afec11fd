import { blankColumns } from '../../market/candle-columns.js';
import { CandleSeries } from '../../market/candle-series.js';
import { dailyDeviation, type Listing, OPENED } from './listing.js';
import type { HourlyPath } from './price-path.js';
import { BURST, EXPONENTIAL, highBits, lowBits } from './quantiles.js';
import { randomUnit, randomWords } from './random-words.js';
import { DAY_HOURS, DAY_MS, HOUR_ACTIVITY, HOUR_MINUTES, HOUR_MS } from './session.js';

/** A traded minute visits its open, high, low and close; it takes a trade of at least one lot for each. */
export const LEAST_LOTS = 4;

/**
 * One day's hour candles, in whole ticks and whole lots: counts add without rounding, so that every timeframe is an exact
 * fold.
 *
 * @param path - The market's log prices relative to day 0.
 * @param resting - Close in ticks of a market in which nobody trades any more.
 */
export function drawHours(
  seed: number,
  listing: Listing,
  day: number,
  path: HourlyPath,
  resting: number | undefined,
): CandleSeries {
  const dayStart = OPENED + day * DAY_MS;
  const hours: number[] = [];
  for (let h = 0; h < DAY_HOURS; h++) {
    if (isTrading(seed, listing, day, dayStart + h * HOUR_MS)) hours.push(h);
  }
  const columns = blankColumns(hours.length);
  const { time, open, high, low, close, volume } = columns;
  const words = randomWords(2 * DAY_HOURS, seed, listing.index, day, 3);
  const usual = dailyDeviation(listing) / Math.sqrt(DAY_HOURS);
  let rest = resting ?? 0;
  hours.forEach((h, row) => {
    time[row] = dayStart + h * HOUR_MS;
    if (time[row] >= listing.silentFrom) {
      open[row] = high[row] = low[row] = close[row] = rest;
      return;
    }
    const before = path.level[h];
    const after = path.level[h + 1];
    open[row] = ticksAt(listing, before);
    close[row] = rest = ticksAt(listing, after);
    const [up, down] = reaches(after - before, path.deviation[h], words[2 * h]);
    high[row] = Math.max(open[row], close[row], ticksAt(listing, before + up));
    low[row] = Math.min(open[row], close[row], ticksAt(listing, before + down));
    const surprise = Math.abs(after - before) / (usual * Math.sqrt(HOUR_ACTIVITY[h]));
    const lots = listing.lotsPerMinute * HOUR_MINUTES * HOUR_ACTIVITY[h] * (0.4 + 0.6 * surprise);
    volume[row] = LEAST_LOTS * HOUR_MINUTES + Math.floor(lots * BURST[highBits(words[2 * h + 1])]);
  });
  return CandleSeries.fromBuffer(columns.time.buffer);
}

/** How far a Brownian path that ends at `move` reaches up and down on its way: exact draws for each side. */
function reaches(move: number, deviation: number, word: number): [up: number, down: number] {
  // P(max > m) = exp(-2 m (m - move) / deviation^2), solved for m at an exponential draw; down is its mirror image.
  const variance = 2 * deviation * deviation;
  const up = (move + Math.sqrt(move * move + variance * EXPONENTIAL[highBits(word)])) / 2;
  const down = (move - Math.sqrt(move * move + variance * EXPONENTIAL[lowBits(word)])) / 2;
  return [up, down];
}

function ticksAt({ initialTicks }: Listing, logPrice: number): number {
  return Math.max(1, Math.round(initialTicks * Math.exp(logPrice)));
}

function isTrading(seed: number, listing: Listing, day: number, time: number): boolean {
  if (time < listing.listedAt || time >= listing.haltedAt) return false;
  return listing.quirk !== 'outages' || !isOut(seed, listing, day, time);
}

/** One day in so many has an outage, in markets that have them. */
const OUTAGE_DAYS = 3;
const LONGEST_OUTAGE_HOURS = 3;

function isOut(seed: number, { index }: Listing, day: number, time: number): boolean {
  const draw = OUTAGE_DAYS * randomUnit(seed, index, day, 4);
  const hour = (time - OPENED - day * DAY_MS) / HOUR_MS;
  const start = Math.floor(draw * DAY_HOURS);
  const hours = 1 + Math.floor(LONGEST_OUTAGE_HOURS * randomUnit(seed, index, day, 5));
  return draw < 1 && hour >= start && hour < start + hours;
}
