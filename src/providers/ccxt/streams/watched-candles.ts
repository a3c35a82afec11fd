import { ScannerError } from '../../../errors.js';
import type { Candle, CandleSeries } from '../../../market/candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../../market/timeframe.js';
import { AsyncQueue } from '../../../parallel/async-queue.js';
import { readCandles } from '../read-candles.js';
import type { Channel, Topic } from './channel.js';
import type { StreamView } from './stream-view.js';

/** What watched candles are read with. */
export interface WatchedCandlesOptions {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Base amount of one unit of volume. */
  readonly volumeUnit: number;
  /** The exchange's present. */
  readonly now: () => number;
  /** Fetches the newest `count` candles closed at a moment: what the stream did not bring. */
  readonly refill: (count: number, asOf: number) => Promise<CandleSeries>;
}

/**
 * The candles of one series as they close: each once, in order, and what a stream missed fetched besides.
 *
 * A stream tells of the candle that is forming, again and again. It is closed when the next one has come, or when its time is
 * over and the connection has been heard since.
 */
export class WatchedCandles implements Channel {
  readonly topic: Extract<Topic, { readonly kind: 'candles' }>;
  readonly symbol: string;
  readonly #options: WatchedCandlesOptions;
  readonly #spanMs: number;
  readonly #queues = new Set<AsyncQueue<Candle>>();
  /** Open time of the newest candle that was handed on. */
  #handedOn: number | undefined;
  /** The newest rows, the last of them the candle that is forming. */
  #rows: readonly unknown[] = [];
  #forming: number | undefined;
  /** Since when nothing was missed, by the exchange's clock: what was under way when the first rows came is in them. */
  #wholeFrom = Number.POSITIVE_INFINITY;
  #work: Promise<void> = Promise.resolve();

  constructor(options: WatchedCandlesOptions) {
    this.#options = options;
    this.symbol = options.symbol;
    this.topic = { kind: 'candles', timeframe: options.timeframe };
    this.#spanMs = timeframeMs(options.timeframe);
  }

  /** A queue of what closes from now on. */
  listen(): AsyncQueue<Candle> {
    const queue = new AsyncQueue<Candle>();
    this.#queues.add(queue);
    return queue;
  }

  /** @returns Whether somebody still listens. */
  unlisten(queue: AsyncQueue<Candle>): boolean {
    this.#queues.delete(queue);
    return this.#queues.size > 0;
  }

  read(view: StreamView): void {
    const rows = view.ohlcvs[this.symbol]?.[this.topic.timeframe];
    const newest = timeOf(rows?.[rows.length - 1]);
    if (rows === undefined || newest === undefined) return;
    this.#rows = rows;
    const now = this.#options.now();
    this.#wholeFrom = Math.min(this.#wholeFrom, candleOpen(now, this.topic.timeframe));
    if (newest === this.#forming) return;
    this.#forming = newest;
    // What had closed before anything came is of the past, be it a week ago in a market that was halted.
    this.#handedOn ??= newest + this.#spanMs <= now ? newest : newest - this.#spanMs;
    this.#handOn(newest);
  }

  lost(): void {
    this.#rows = [];
    this.#forming = undefined;
    this.#wholeFrom = Number.POSITIVE_INFINITY;
  }

  refused(reason: string): void {
    const { symbol, topic } = this;
    const told = `the exchange does not stream ${topic.timeframe} candles: ${reason}`;
    this.fail(new ScannerError('unsupported', told, { symbol }));
  }

  /** Since when every candle there was has come; Infinity while there is no connection. */
  get wholeFrom(): number {
    return this.#wholeFrom;
  }

  /** Open time of the candle that is forming, where one is known. */
  get forming(): number | undefined {
    return this.#forming;
  }

  /** Takes the forming candle for closed: its time is over, and nothing more came for it. */
  settle(): void {
    if (this.#forming !== undefined) this.#handOn(this.#forming + this.#spanMs);
  }

  /** Ends all queues with an error: nothing more can come. */
  fail(error: unknown): void {
    for (const queue of this.#queues) queue.fail(error);
    this.#queues.clear();
  }

  /** Hands on what closed until a moment. One after the other: a refill may take a while. */
  #handOn(until: number): void {
    const rows = [...this.#rows];
    const wholeFrom = this.#wholeFrom;
    this.#work = this.#work
      .then(() => this.#deliver(rows, until, wholeFrom))
      .catch((error: unknown) => this.fail(error));
  }

  async #deliver(rows: readonly unknown[], until: number, wholeFrom: number): Promise<void> {
    const handedOn = this.#handedOn ?? until;
    const missing = Math.round((until - handedOn) / this.#spanMs) - 1;
    if (missing <= 0 || this.#queues.size === 0) return;
    const { timeframe, volumeUnit, now, refill } = this.#options;
    const streamed = readCandles(rows, { timeframe, asOf: until, now: now(), volumeUnit });
    const fresh = streamed.slice(streamed.indexAt(handedOn + 1));
    // What a stream that was never down has nothing of, nobody traded.
    const isWhole = fresh.length >= missing || wholeFrom <= handedOn + this.#spanMs;
    const candles = isWhole ? fresh : await refill(missing, until);
    this.#handedOn = until - this.#spanMs;
    for (const candle of candles) {
      if (candle.time > handedOn) for (const queue of this.#queues) queue.push(candle);
    }
  }
}

function timeOf(row: unknown): number | undefined {
  const time: unknown = Array.isArray(row) ? row[0] : undefined;
  return Number.isSafeInteger(time) ? (time as number) : undefined;
}
