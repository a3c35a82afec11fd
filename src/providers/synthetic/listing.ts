import type { Market } from '../../market/market.js';
import { randomUnit } from './random-words.js';
import { DAY_MS, HOUR_MS } from './session.js';

/** When the synthetic exchange opened; day 0 of every path. */
export const OPENED: number = Date.UTC(2020, 0, 1);

/** Standard deviation of the daily log return that all markets share. */
export const COMMON_VOLATILITY = 0.022;

/**
 * What makes a market unlike an ordinary one.
 *
 * - `thin`: most minutes pass without a trade.
 * - `dead`: nobody has traded since some moment; candles go on, flat and without volume.
 * - `halted`: there are no candles after some moment, and the book is empty.
 * - `late-listing`: trading began a few days before the default present.
 * - `outages`: now and then some minutes are missing.
 * - `wide-spread`: bid and ask are more than a percent apart.
 * - `spoof-wall`: an order far larger than any other comes and goes, and never trades.
 */
type Quirk = 'thin' | 'dead' | 'halted' | 'late-listing' | 'outages' | 'wide-spread' | 'spoof-wall';

/** A step as a ratio of whole numbers, so that a count of steps turns into the double nearest to its decimal. */
export interface Step {
  readonly times: number;
  readonly per: number;
}

/** One synthetic market: its rules and its character. */
export interface Listing {
  readonly index: number;
  readonly market: Market;
  readonly listedAt: number;
  readonly quirk: Quirk | undefined;
  /** Prices are whole numbers of ticks. */
  readonly tick: Step;
  /** Amounts are whole numbers of lots. */
  readonly lot: Step;
  /** Price on day 0, in ticks. */
  readonly initialTicks: number;
  /** Share in the moves that all markets have in common. */
  readonly beta: number;
  /** Standard deviation of the market's own daily log return. */
  readonly ownVolatility: number;
  /** Lots traded in an average minute. */
  readonly lotsPerMinute: number;
  /** Share of minutes without a trade, 0 to 1. */
  readonly silence: number;
  readonly spreadBps: number;
  /** Nobody trades from here on. */
  readonly silentFrom: number;
  /** No candle opens from here on. */
  readonly haltedAt: number;
}

/** The two everybody looks for first; their candles are as invented as all others. */
const LEADERS = [
  { base: 'BTC', price: 40_000 },
  { base: 'ETH', price: 2_500 },
];
const ONSETS = ['AL', 'BO', 'CY', 'DRA', 'EL', 'FEN', 'GA', 'HEX', 'IO', 'JU', 'KO', 'LUM'];
const ENDINGS = ['RA', 'NEX', 'TIS', 'VO', 'MIR', 'DEN', 'LIX', 'PAR', 'SOL', 'UM', 'QA'];
const NAMES: number = ONSETS.length * ENDINGS.length;

/** Quirks recur with this period, so that every universe of at least 64 markets has all of them. */
const QUIRK_PERIOD = 64;
const QUIRKS: ReadonlyMap<number, Quirk> = new Map<number, Quirk>([
  [9, 'spoof-wall'],
  [17, 'outages'],
  [26, 'wide-spread'],
  [31, 'thin'],
  [37, 'late-listing'],
  [43, 'halted'],
  [48, 'spoof-wall'],
  [52, 'dead'],
  [57, 'thin'],
  [61, 'thin'],
]);
const LATE_LISTING: number = Date.UTC(2024, 4, 29, 10);
const HALTED_AT: number = Date.UTC(2024, 4, 27, 13);
const SILENT_FROM: number = Date.UTC(2024, 4, 6, 4);
/** Ordinary markets were listed over the exchange's first years. */
const LISTING_DAYS = 1_400;

const LEADER_VOLUME = 2e9;
const LEAST_VOLUME = 1.5e6;
const THIN_SHARE = 0.02;
const THIN_SILENCE = 0.7;
const TICK_SHAPES = [1, 1, 1, 2, 5];
const MIN_NOTIONAL = 5;
const TAKER_FEE_BPS = 10;

/** The markets of a seed: market 0 leads, and the further down the list, the smaller and the less liquid. */
export function drawListings(seed: number, count: number): Listing[] {
  return Array.from({ length: count }, (_, index) => drawListing(seed, index));
}

/** Standard deviation of a market's log return on an ordinary day. */
export function dailyDeviation({ beta, ownVolatility }: Listing): number {
  return Math.hypot(beta * COMMON_VOLATILITY, ownVolatility);
}

function drawListing(seed: number, index: number): Listing {
  const draw = (purpose: number): number => randomUnit(seed, index, 3, purpose);
  const quirk = QUIRKS.get(index % QUIRK_PERIOD);
  const price = LEADERS[index]?.price ?? 10 ** (8 * draw(0) - 5);
  const digits = index < LEADERS.length || draw(1) < 0.5 ? 5 : 4;
  const tick = step(
    Math.floor(Math.log10(price)) - digits,
    TICK_SHAPES[Math.floor(draw(2) * TICK_SHAPES.length)],
  );
  const lot = step(Math.min(0, Math.floor(Math.log10(0.05 / price))), 1);
  const listedAt = listingTime(quirk, index, draw(3));
  const volume =
    Math.max(LEAST_VOLUME, LEADER_VOLUME * (index + 1) ** -1.7) *
    (quirk === 'thin' ? THIN_SHARE : 1);
  return {
    index,
    market: market(index, tick, lot, listedAt),
    listedAt,
    quirk,
    tick,
    lot,
    initialTicks: Math.round((price * tick.per) / tick.times),
    beta: index === 0 ? 1 : 0.5 + draw(4),
    ownVolatility: index === 0 ? 0.008 : 0.015 + 0.03 * draw(5),
    lotsPerMinute: ((volume / 1440 / price) * lot.per) / lot.times,
    silence: quirk === 'thin' ? THIN_SILENCE : 0,
    spreadBps: quirk === 'wide-spread' ? 140 : 0.5 * Math.sqrt(index + 1) * (1 + draw(6)),
    silentFrom: quirk === 'dead' ? SILENT_FROM : Number.POSITIVE_INFINITY,
    haltedAt: quirk === 'halted' ? HALTED_AT : Number.POSITIVE_INFINITY,
  };
}

function market(index: number, tick: Step, lot: Step, listedAt: number): Market {
  const base = nameOf(index);
  return {
    symbol: `${base}/USDT`,
    base,
    quote: 'USDT',
    tickSize: tick.times / tick.per,
    lotSize: lot.times / lot.per,
    minNotional: MIN_NOTIONAL,
    takerFeeBps: TAKER_FEE_BPS,
    listedAt,
  };
}

// Neighbours in the list share neither onset nor ending, for 12 and 11 have no common divisor.
function nameOf(index: number): string {
  if (index < LEADERS.length) return LEADERS[index].base;
  const name = ONSETS[index % ONSETS.length] + ENDINGS[index % ENDINGS.length];
  return index < NAMES ? name : `${name}${Math.floor(index / NAMES) + 1}`;
}

function listingTime(quirk: Quirk | undefined, index: number, draw: number): number {
  if (index < LEADERS.length) return OPENED;
  if (quirk === 'late-listing') return LATE_LISTING;
  return OPENED + Math.floor((draw * LISTING_DAYS * DAY_MS) / HOUR_MS) * HOUR_MS;
}

function step(exponent: number, shape: number): Step {
  return exponent < 0
    ? { times: shape, per: 10 ** -exponent }
    : { times: shape * 10 ** exponent, per: 1 };
}
