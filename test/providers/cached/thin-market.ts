import { type Candle, CandleSeries } from '../../../src/market/candle-series.js';
import { resample } from '../../../src/market/resample.js';
import { AsyncQueue } from '../../../src/parallel/async-queue.js';
import type { DataProvider, TimeStretch } from '../../../src/ports/data-provider.js';
import { type CachedProvider, cachedProvider } from '../../../src/providers/cached.js';
import { settle, VirtualTimers } from '../../parallel/virtual-timers.js';
import { randomFrom, rulesOf } from '../../scanner/invented-market.js';
import { BEGIN, MINUTE, SYMBOL } from './gappy-market.js';

/** How a source tells of a minute in which nobody traded. */
export type Habit = 'flat' | 'none';

/** A market that often nobody trades in, streamed: of such a minute nothing is pushed. */
export class ThinMarket {
  readonly asked: string[] = [];
  readonly cached: CachedProvider;
  /** Of which the stream has told everything; `undefined` while it is down. */
  stretch: TimeStretch | undefined;
  habit: Habit;
  /** What the ticker shows instead of the last close. */
  shownPrice: number | undefined;
  readonly #queue = new AsyncQueue<Candle>();
  readonly #timers = new VirtualTimers();
  readonly #random: () => number;
  readonly #traded: Candle[] = [];
  #now = BEGIN;

  constructor(seed: number, habit: Habit, historyMinutes: number) {
    this.#random = randomFrom(seed);
    this.habit = habit;
    for (let i = 0; i < historyMinutes; i++) this.#live(this.#random() < 0.4);
    this.cached = cachedProvider(this.#provider(), { live: true, timers: this.#timers });
  }

  /** A minute goes by, and then it is scanned: the ticker is asked for, and then the candles. */
  async minute(isTraded: boolean = this.#random() < 0.4): Promise<void> {
    const candle = this.#live(isTraded);
    if (this.stretch !== undefined) {
      this.stretch = { ...this.stretch, until: this.#now };
      if (candle !== undefined) this.#queue.push(candle);
    }
    await settle();
    await this.cached.fetchTickers([SYMBOL], { asOf: this.#now });
  }

  /** What a scan sees of a timeframe, and the patience it takes to wait for a stream passes. */
  async scanned(timeframe: '1m' | '5m', limit = 60): Promise<CandleSeries> {
    const answer = this.cached.fetchCandles(SYMBOL, timeframe, limit, { asOf: this.#now });
    await settle();
    if (this.#timers.pending > 0) await this.#timers.advance(4_000);
    return answer;
  }

  /** What the source has. */
  known(timeframe: '1m' | '5m', limit = 60): CandleSeries {
    const minutes = CandleSeries.from(this.habit === 'none' ? this.#traded : this.#filled());
    const all = resample(minutes, '1m', timeframe, { asOf: this.#now });
    return all.slice(-limit);
  }

  /** Has the stream begin. */
  connect(): void {
    this.stretch = { from: this.#now, until: this.#now };
  }

  #live(isTraded: boolean): Candle | undefined {
    const open = this.#traded.at(-1)?.close ?? 100;
    const close = open * Math.exp((this.#random() - 0.5) * 4e-3);
    const [high, low] = [Math.max(open, close), Math.min(open, close)];
    const candle = { time: this.#now, open, high, low, close, volume: 1 + this.#random() };
    this.#now += MINUTE;
    if (!isTraded) return undefined;
    this.#traded.push(candle);
    return candle;
  }

  #filled(): Candle[] {
    const byTime = new Map(this.#traded.map((candle) => [candle.time, candle]));
    const filled: Candle[] = [];
    for (let time = this.#traded[0].time; time < this.#now; time += MINUTE) {
      const price = filled.at(-1)?.close ?? 0;
      const flat = { time, open: price, high: price, low: price, close: price, volume: 0 };
      filled.push(byTime.get(time) ?? flat);
    }
    return filled;
  }

  #provider(): DataProvider {
    return {
      id: 'thin',
      fetchMarkets: async () => [rulesOf(SYMBOL)],
      fetchTickers: async () => {
        const last = this.shownPrice ?? this.#traded.at(-1)?.close ?? 0;
        const unknown = { bid: undefined, ask: undefined, change24h: undefined };
        return [{ symbol: SYMBOL, time: this.#now, last, quoteVolume24h: 1, ...unknown }];
      },
      fetchCandles: async (_, timeframe, limit) => {
        this.asked.push(timeframe);
        return this.known(timeframe as '1m' | '5m', limit);
      },
      watchCandles: () => this.#queue,
      streamedStretch: () => this.stretch,
    };
  }
}
