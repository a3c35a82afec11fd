import { type BookLevel, OrderBook } from '../../market/order-book.js';
import { dailyDeviation, type Listing } from './listing.js';
import { BURST, EXPONENTIAL, highBits, lowBits } from './quantiles.js';
import { randomUnit, randomWords } from './random-words.js';
import { MINUTE_MS } from './session.js';

/** Average distance of neighbouring levels, in basis points of the price, where ticks are fine enough. */
const LEVEL_GAP_BPS = 0.6;
/** Lots resting on an average level, as a share of the lots of an average minute. */
const LEVEL_SHARE = 0.08;
/** Further away from the touch, orders are larger. */
const GROWTH_PER_LEVEL = 0.04;
/** How far one side outweighs the other at full pressure. */
const TILT = 0.5;
/** A move of this fraction of an ordinary day's is full pressure, nearly: the inverse of it. */
const FULL_PRESSURE = 5;
/** The spoofer's order: how many times an average level, how far from the touch, and how long it stays. */
const WALL_SIZE = 60;
const WALL_BPS = 25;
const WALL_MS: number = 7 * MINUTE_MS;

/** What the book of a moment hangs on. */
export interface Touch {
  /** Whole minutes of the exchange, epoch milliseconds. */
  readonly time: number;
  /** Last price, in ticks. */
  readonly close: number;
  /** Log return of the last quarter of an hour: who bought lately still bids. */
  readonly momentum: number;
}

/** The order book at a moment; the book of a smaller depth is the top of that of a larger one. */
export function restingOrders(
  seed: number,
  listing: Listing,
  touch: Touch,
  depth: number,
): OrderBook {
  const { index, spreadBps, quirk } = listing;
  const { time, close } = touch;
  const coin = randomUnit(seed, index, time, 6);
  const spread = Math.max(1, Math.round((spreadBps * close) / 1e4));
  const bestBid = Math.max(1, close - Math.floor((spread + (coin < 0.5 ? 1 : 0)) / 2));
  const pressure = TILT * Math.tanh((FULL_PRESSURE * touch.momentum) / dailyDeviation(listing));
  const wallSide = Math.floor(4 * randomUnit(seed, index, Math.floor(time / WALL_MS), 7));
  const side = (best: number, away: 1 | -1): BookLevel[] =>
    levels({
      listing,
      words: randomWords(depth, seed, index, time, away === 1 ? 8 : 9),
      best,
      away,
      weight: 1 - away * pressure,
      // The wall stands on either side for a quarter of the time, and is gone for half of it.
      wall: quirk === 'spoof-wall' && wallSide === (away === 1 ? 1 : 0),
    });
  return OrderBook.from({ time, bids: side(bestBid, -1), asks: side(bestBid + spread, 1) });
}

interface SideRequest {
  readonly listing: Listing;
  readonly words: Uint32Array;
  readonly best: number;
  readonly away: 1 | -1;
  readonly weight: number;
  readonly wall: boolean;
}

function levels({ listing, words, best, away, weight, wall }: SideRequest): BookLevel[] {
  const { tick, lot, lotsPerMinute } = listing;
  const gap = Math.max(0, (LEVEL_GAP_BPS * best) / 1e4 - 1);
  const average = 1 + LEVEL_SHARE * lotsPerMinute * weight;
  const wallTicks = Math.round((WALL_BPS * best) / 1e4);
  const rows: BookLevel[] = [];
  let wallStands = wall;
  for (let i = 0, price = best; i < words.length && price > 0; i++) {
    const grown = average * (1 + GROWTH_PER_LEVEL * i);
    let lots = Math.max(1, Math.round(grown * BURST[highBits(words[i])]));
    if (wallStands && Math.abs(price - best) >= wallTicks) {
      lots += Math.round(average * WALL_SIZE);
      wallStands = false;
    }
    rows.push([(price * tick.times) / tick.per, (lots * lot.times) / lot.per]);
    price += away * (1 + Math.floor(gap * EXPONENTIAL[lowBits(words[i])]));
  }
  return rows;
}
