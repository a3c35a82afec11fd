import { blankColumns } from '../../market/candle-columns.js';
import { CandleSeries } from '../../market/candle-series.js';
import { concatenate } from '../../market/concatenate.js';
import { resample } from '../../market/resample.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import { drawHours } from './hours.js';
import { type Listing, OPENED, type Step } from './listing.js';
import { drawMinutes } from './minutes.js';
import { type HourlyPath, PricePath } from './price-path.js';
import type { Recent } from './recent.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './session.js';

/** More days than any path reaches: makes one key of market and day. */
const DAYS = 1e6;

/** The days of one path. */
type CommonPath = Pick<PricePath, 'hours' | 'wiggle'>;

/** What the markets of one exchange share. */
export interface Exchange {
  readonly seed: number;
  /** The move that all markets have in common. */
  readonly common: CommonPath;
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
    const counts = this.counts(timeframe, limit, moment);
    const { tick, lot } = this.listing;
    const columns = blankColumns(counts.length);
    columns.time.set(counts.time);
    for (const field of ['open', 'high', 'low', 'close'] as const) {
      toSteps(counts[field], tick, columns[field]);
    }
    toSteps(counts.volume, lot, columns.volume);
    return CandleSeries.fromBuffer(columns.time.buffer);
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
    const { seed, common } = this.#exchange;
    const path = together(this.#own.hours(day), common.hours(day), this.listing.beta);
    const hours = drawHours(seed, this.listing, day, path, this.#restingOn(day));
    this.#hours.set(day, hours);
    return hours;
  }

  #minutesOf(day: number): CandleSeries {
    return this.#exchange.minutes.get(this.listing.index * DAYS + day, () => {
      const wiggle = this.#own.wiggle(day);
      const common = this.#exchange.common.wiggle(day);
      const { beta } = this.listing;
      for (let i = 0; i < wiggle.length; i++) wiggle[i] += beta * common[i];
      return drawMinutes(this.#exchange.seed, this.listing, this.#hoursOf(day), wiggle);
    });
  }

  #restingOn(day: number): number | undefined {
    const lastTradedDay = dayOf(this.listing.silentFrom - 1);
    return day > lastTradedDay ? this.#hoursOf(lastTradedDay).at(-1)?.close : undefined;
  }
}

function together(own: HourlyPath, common: HourlyPath, beta: number): HourlyPath {
  return {
    level: own.level.map((level, h) => level + beta * common.level[h]),
    deviation: own.deviation.map((deviation, h) =>
      Math.hypot(deviation, beta * common.deviation[h]),
    ),
  };
}

/** Writes counts of steps as the doubles nearest to their decimals. */
function toSteps(counts: Float64Array, { times, per }: Step, into: Float64Array): void {
  for (let i = 0; i < counts.length; i++) into[i] = (counts[i] * times) / per;
}

function dayOf(time: number): number {
  return Math.max(0, Math.floor((time - OPENED) / DAY_MS));
}
