import { blankColumns, type CandleColumns } from '../../market/candle-columns.js';
import { CandleSeries } from '../../market/candle-series.js';
import { LEAST_LOTS } from './hours.js';
import type { Listing } from './listing.js';
import { HOUR_STEPS, MINUTE_STEPS } from './price-path.js';
import { BURST, highBits, lowBits, unit } from './quantiles.js';
import { randomWords } from './random-words.js';
import { DAY_MS, HOUR_MINUTES, HOUR_MS, MINUTE_ACTIVITY, MINUTE_MS } from './session.js';

/** Prices within an hour, in ticks, and where they are highest and lowest on the way. */
interface HourPrices {
  readonly prices: Float64Array;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The minute candles of a day's hour candles, in ticks and lots; folded, they give the hours exactly.
 *
 * @param wiggle - How the day departs from straight lines between full hours, in log price.
 */
export function drawMinutes(
  seed: number,
  listing: Listing,
  hours: CandleSeries,
  wiggle: Float64Array,
): CandleSeries {
  const columns = blankColumns(hours.length * HOUR_MINUTES);
  for (let hour = 0; hour < hours.length; hour++) {
    const row = hour * HOUR_MINUTES;
    for (let m = 0; m < HOUR_MINUTES; m++) {
      columns.time[row + m] = hours.time[hour] + m * MINUTE_MS;
    }
    if (hours.volume[hour] === 0) {
      stayAt(columns, row, hours.close[hour]);
      continue;
    }
    const words = randomWords(HOUR_MINUTES, seed, listing.index, hours.time[hour], 6);
    const within = Math.round((hours.time[hour] % DAY_MS) / HOUR_MS) * HOUR_STEPS;
    const path = pricesWithin(hours, hour, wiggle.subarray(within, within + HOUR_STEPS + 1));
    const weights = tradingWeights(path, words, listing.silence, hours.time[hour]);
    writePrices(columns, row, path.prices, weights);
    share(hours.volume[hour], weights, columns.volume.subarray(row, row + HOUR_MINUTES));
  }
  return CandleSeries.fromBuffer(columns.time.buffer);
}

function stayAt({ open, high, low, close }: CandleColumns, row: number, price: number): void {
  for (const column of [open, high, low, close]) column.fill(price, row, row + HOUR_MINUTES);
}

/** The wiggle laid over the line from open to close, stretched to touch the hour's high and its low. */
function pricesWithin(hours: CandleSeries, hour: number, wiggle: Float64Array): HourPrices {
  const open = hours.open[hour];
  const close = hours.close[hour];
  const prices = new Float64Array(HOUR_STEPS + 1);
  const slope = (close - open) / HOUR_STEPS;
  let top = 1;
  let bottom = 1;
  for (let i = 1; i < HOUR_STEPS; i++) {
    prices[i] = open + slope * i + open * wiggle[i];
    if (prices[i] > prices[top]) top = i;
    if (prices[i] < prices[bottom]) bottom = i;
  }
  stretch(prices, 1, Math.max(open, close), prices[top], hours.high[hour]);
  stretch(prices, -1, Math.min(open, close), prices[bottom], hours.low[hour]);
  prices[0] = open;
  prices[HOUR_STEPS] = close;
  prices[top] = hours.high[hour];
  prices[bottom] = hours.low[hour];
  return { prices, top, bottom };
}

/** Moves what lies beyond `from` so far that the extreme `reached` comes to lie at `wanted`; rounds all to whole ticks. */
function stretch(
  prices: Float64Array,
  side: 1 | -1,
  from: number,
  reached: number,
  wanted: number,
): void {
  const factor = (wanted - from) / (reached - from);
  for (let i = 1; i < HOUR_STEPS; i++) {
    const beyond = prices[i] - from;
    prices[i] = Math.round(beyond * side > 0 ? from + beyond * factor : prices[i]);
  }
}

/** How much each minute trades relative to the others; 0 where it is silent. */
function tradingWeights(
  { prices, top, bottom }: HourPrices,
  words: Uint32Array,
  silence: number,
  hourStart: number,
): Float64Array {
  const weights = new Float64Array(HOUR_MINUTES);
  const startMinute = Math.round((hourStart % DAY_MS) / MINUTE_MS);
  const range = prices[top] - prices[bottom] + 1;
  for (let m = 0; m < HOUR_MINUTES; m++) {
    if (!isNeeded(m, top, bottom) && unit(lowBits(words[m])) < silence) continue;
    const move = Math.abs(prices[(m + 1) * MINUTE_STEPS] - prices[m * MINUTE_STEPS]);
    weights[m] =
      MINUTE_ACTIVITY[startMinute + m] * BURST[highBits(words[m])] * (0.2 + (4 * move) / range);
  }
  return weights;
}

// Without the minutes that hold its open, its close and its extremes, an hour would not be the fold of its minutes.
function isNeeded(minute: number, top: number, bottom: number): boolean {
  if (minute === 0 || minute === HOUR_MINUTES - 1) return true;
  return [top, bottom].some((step) => Math.floor(step / MINUTE_STEPS) === minute);
}

function writePrices(
  { open, high, low, close }: CandleColumns,
  row: number,
  prices: Float64Array,
  weights: Float64Array,
): void {
  let rest = prices[0];
  for (let m = 0; m < HOUR_MINUTES; m++) {
    const at = m * MINUTE_STEPS;
    if (weights[m] === 0) {
      open[row + m] = high[row + m] = low[row + m] = close[row + m] = rest;
      continue;
    }
    rest = prices[at + MINUTE_STEPS];
    open[row + m] = prices[at];
    close[row + m] = rest;
    high[row + m] = Math.max(prices[at], prices[at + 1], prices[at + 2], rest);
    low[row + m] = Math.min(prices[at], prices[at + 1], prices[at + 2], rest);
  }
}

/** Shares whole lots by weight, so that they add up and every minute that trades has enough to trade. */
function share(lots: number, weights: Float64Array, into: Float64Array): void {
  const total = weights.reduce((sum, weight) => sum + weight);
  const trading = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  const spare = lots - LEAST_LOTS * trading;
  let weight = 0;
  let given = 0;
  for (let m = 0; m < HOUR_MINUTES; m++) {
    if (weights[m] === 0) continue;
    weight += weights[m];
    // The last minute of an hour always trades, and its sum of weights is the total to the last bit.
    const until = Math.floor(spare * (weight / total));
    into[m] = LEAST_LOTS + until - given;
    given = until;
  }
}
