import type { Candle } from '../../market/candle-series.js';
import type { Trade } from '../../market/trade-series.js';
import type { Listing } from './listing.js';
import { EXPONENTIAL, highBits, lowBits, unit } from './quantiles.js';
import { randomWords } from './random-words.js';
import { MINUTE_MS } from './session.js';

/** Open, high, low and close are four trades, so that many there are at least. */
const LEAST_TRADES = 4;
const MOST_TRADES = 40;

/**
 * The trades of one traded minute: they open at its open, visit its high and its low, close at its close and add up to its
 * volume, to the last lot. Whoever moves the price up buys.
 *
 * @param minute - A candle with volume, in ticks and lots.
 */
export function minuteTrades(seed: number, listing: Listing, minute: Candle): Trade[] {
  const { tick, lot, index } = listing;
  const words = randomWords(2 * MOST_TRADES, seed, index, minute.time, 10);
  const count = Math.min(
    minute.volume,
    LEAST_TRADES + (highBits(words[0]) % (MOST_TRADES - LEAST_TRADES)),
  );
  const prices = visit(minute, count, words);
  const lots = split(minute.volume, count, words.subarray(MOST_TRADES));
  let side: Trade['side'] = prices[1] >= prices[0] ? 'buy' : 'sell';
  return prices.map((price, i) => {
    if (i > 0 && price !== prices[i - 1]) side = price > prices[i - 1] ? 'buy' : 'sell';
    return {
      time: minute.time + Math.floor(((i + unit(lowBits(words[i]))) / count) * MINUTE_MS),
      price: (price * tick.times) / tick.per,
      amount: (lots[i] * lot.times) / lot.per,
      side,
    };
  });
}

/** A zigzag from open over both extremes to close, the extreme against the candle's direction first. */
function visit(
  { open, high: top, low: bottom, close }: Candle,
  count: number,
  words: Uint32Array,
): number[] {
  const corners = close >= open ? [open, bottom, top, close] : [open, top, bottom, close];
  const last = count - 1;
  const at = [0, Math.round(last / 3), Math.round((2 * last) / 3), last];
  return Array.from({ length: count }, (_, i) => {
    const leg = i < at[1] ? 0 : i < at[2] ? 1 : 2;
    const share = (i - at[leg]) / (at[leg + 1] - at[leg]);
    const wobble = 2 * (unit(highBits(words[i])) - 0.5) * share * (1 - share);
    const price = corners[leg] + (corners[leg + 1] - corners[leg]) * (share + wobble);
    return Math.min(top, Math.max(bottom, Math.round(price)));
  });
}

/** Whole lots, at least one each, that add up to `total`; a few trades are large. */
function split(total: number, count: number, words: Uint32Array): number[] {
  const weights = Array.from({ length: count }, (_, i) => EXPONENTIAL[highBits(words[i])]);
  const weight = weights.reduce((a, b) => a + b);
  const spare = total - count;
  let shared = 0;
  let given = 0;
  return weights.map((own, i) => {
    shared += own;
    const until = i === count - 1 ? spare : Math.floor((spare * shared) / weight);
    const lots = 1 + until - given;
    given = until;
    return lots;
  });
}
