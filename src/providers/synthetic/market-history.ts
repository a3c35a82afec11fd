import { type CandleColumns, CandleSeries } from '../../market/candle-series.js';
import { resample } from '../../market/resample.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { type Listing, OPENED, type Step } from './listing.js';
import { drawMinutes } from './minutes.js';
import { PricePath } from './price-path.js';
import type { Recent } from './recent.js';
import { DAY_MS, MINUTE_MS } from './session.js';

const HOUR_MS = 3_600_000;
const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
/** More days than any path reaches: makes one key of market and day. */
const DAYS = 1e6;

/** What the markets of one exchange share. */
export interface Exchange {
  readonly seed: number;
  /** Log price of the common move by day, minute by minute. */
  readonly common: (day: number) => Float64Array;
  /** Minute candles of the market-days asked for last. */
  readonly minutes: Recent<CandleSeries>;
}

/** The candles of one synthetic market. Inside, prices count ticks and amounts count lots. */
export class MarketHistory {
  readonly listing: Listing;
  readonly #exchange: Exchange;
  readonly #own: PricePath;
  readonly #hours: Map<number, CandleSeries> = new Map();
  readonly #listedDay: number;

  constructor(listing: Listing, exchange: Exchange) {
    this.listing = listing;
    this.#exchange = exchange;
    this.#own = new PricePath(listing.ownVolatility, exchange.seed, listing.index + 1);
    this.#listedDay = dayOf(listing.listedAt);
  }

  /** The newest `limit` candles closed at `moment`, in ticks and lots. */
  counts(timeframe: Timeframe, limit: number, moment: number): CandleSeries {
    const end = Math.min(moment, this.listing.haltedAt);
    const lastDay = dayOf(end - 1);
    const span = timeframeMs(timeframe);
    // Halts, outages and the last, unfinished candle leave fewer candles than the calendar has; look further back then.
    for (let back = limit + 1; ; back *= 2) {
      const start = candleOpen(end - back * span, timeframe);
      const firstDay = Math.max(this.#listedDay, dayOf(start));
      const candles = this.#fold(timeframe, firstDay, lastDay, moment);
      if (candles.length >= limit || firstDay === this.#listedDay) return candles.slice(-limit);
    }
  }

  /** The newest `limit` candles closed at `moment`, in prices and amounts. */
  candles(timeframe: Timeframe, limit: number, moment: number): CandleSeries {
    const { time, open, high, low, close, volume } = this.counts(timeframe, limit, moment);
    const { tick, lot } = this.listing;
    return CandleSeries.fromColumns({
      time,
      open: inSteps(open, tick),
      high: inSteps(high, tick),
      low: inSteps(low, tick),
      close: inSteps(close, tick),
      volume: inSteps(volume, lot),
    });
  }

  #fold(timeframe: Timeframe, firstDay: number, lastDay: number, moment: number): CandleSeries {
    const fine = timeframeMs(timeframe) < HOUR_MS;
    const days: CandleSeries[] = [];
    for (let day = firstDay; day <= lastDay; day++) {
      days.push(fine ? this.#minutesOf(day) : this.#hoursOf(day));
    }
    const all = concatenate(days);
    const closed = all.slice(0, all.indexAt(moment - (fine ? MINUTE_MS : HOUR_MS) + 1));
    return resample(closed, fine ? '1m' : '1h', timeframe, { asOf: moment });
  }

  #hoursOf(day: number): CandleSeries {
    const known = this.#hours.get(day);
    if (known !== undefined) return known;
    // The minutes of long ago pass through once; remembering them would crowd out the recent ones.
    const minutes = this.#exchange.minutes.peek(this.#keyOf(day)) ?? this.#draw(day);
    const hours = resample(minutes, '1m', '1h', { asOf: Number.POSITIVE_INFINITY });
    this.#hours.set(day, hours);
    return hours;
  }

  #minutesOf(day: number): CandleSeries {
    return this.#exchange.minutes.get(this.#keyOf(day), () => this.#draw(day));
  }

  #keyOf(day: number): number {
    return this.listing.index * DAYS + day;
  }

  #draw(day: number): CandleSeries {
    const path = this.#own.minutes(day);
    const common = this.#exchange.common(day);
    const { beta } = this.listing;
    for (let m = 0; m < path.length; m++) path[m] += beta * common[m];
    return drawMinutes(this.#exchange.seed, this.listing, day, path, this.#restingOn(day));
  }

  #restingOn(day: number): number | undefined {
    const lastTradedDay = dayOf(this.listing.silentFrom - 1);
    return day > lastTradedDay ? this.#minutesOf(lastTradedDay).at(-1)?.close : undefined;
  }
}

/** Counts of steps as the doubles nearest to their decimals. */
export function inSteps(counts: Float64Array, { times, per }: Step): Float64Array {
  return counts.map((count) => (count * times) / per);
}

function dayOf(time: number): number {
  return Math.max(0, Math.floor((time - OPENED) / DAY_MS));
}

function concatenate(parts: readonly CandleSeries[]): CandleSeries {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const columns = Object.fromEntries(
    FIELDS.map((field) => [field, new Float64Array(length)]),
  ) as unknown as CandleColumns;
  let offset = 0;
  for (const part of parts) {
    for (const field of FIELDS) columns[field].set(part[field], offset);
    offset += part.length;
  }
  return CandleSeries.fromColumns(columns);
}
