import { ScannerError } from '../../../errors.js';
import type { Candle, CandleSeries } from '../../../market/candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../../market/timeframe.js';
import { AsyncQueue } from '../../../parallel/async-queue.js';
import { readCandles } from '../read-candles.js';
import { closeOf, isSameRow, newestOf, rowAt, timeOf } from './candle-row.js';
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
  /** Milliseconds, by a clock that only goes on. */
  readonly elapsed: () => number;
  /** Fetches the newest `count` candles closed at a moment: what the stream did not bring. */
  readonly refill: (count: number, asOf: number) => Promise<CandleSeries>;
  /** Nothing more will come, and whoever listened has been told. */
  readonly ended: () => void;
}

/** When a question was asked. */
export interface AskedAt {
  /** By the exchange's clock. */
  readonly time: number;
  /** By a clock that only goes on. */
  readonly elapsed: number;
}

interface HeardPrice extends AskedAt {
  readonly last: number;
}

/** The last push of a candle may come this long after its close. */
export const SETTLE_MS = 2_000;
/** A trade is pushed within a second: a price that no push explains for so long has come past a channel that is dead. */
export const STALLED_MS = 3_000;

/**
 * The candles of one series as they close: each once, in order, and what a stream missed fetched besides. One that is pushed again
 * after its close, and otherwise, comes again.
 *
 * A stream tells of the candle that is forming, again and again. It is closed when the next one has come. Where nobody trades none
 * comes, and that a stream is silent proves nothing, since a channel may die while its connection lives: then it is closed when
 * its time is over and the last price, asked for since, is still its close.
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
  /** The newest candle that was handed on, as it was pushed by then. */
  #told: readonly unknown[] = [];
  /** The newest row as it was pushed last. */
  #newest: readonly unknown[] = [];
  #pushedAt = Number.NEGATIVE_INFINITY;
  #price: HeardPrice | undefined;
  /** Since when a price is known that no push explains. */
  #doubtedAt: number | undefined;
  /** The newest row of a channel that was given up as dead: one that begins with it again is alive, and the price of other trades. */
  #givenUp: readonly unknown[] = [];
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
    if (rows === undefined) return;
    this.#correct(rows);
    const row = newestOf(rows);
    const newest = timeOf(row);
    if (newest === undefined || isSameRow(row, this.#newest)) return;
    this.#rows = rows;
    this.#newest = [...(row as readonly unknown[])];
    this.#pushedAt = this.#options.elapsed();
    this.#doubtedAt = undefined;
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
    this.#told = [];
    this.#newest = [];
    this.#forming = undefined;
    this.#price = undefined;
    this.#doubtedAt = undefined;
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

  /** Until when it is certain that there was no other candle than those that came. */
  get wholeUntil(): number {
    return (this.#isVouchedFor ? this.#price?.time : this.#forming) ?? Number.NaN;
  }

  /** Whether only a price can tell whether somebody traded until the candle that is forming now. */
  get needsPrice(): boolean {
    const { now } = this.#options;
    if (this.#forming === undefined) return false;
    const begun = candleOpen(now(), this.topic.timeframe);
    return this.#forming < begun && !(this.wholeUntil >= begun);
  }

  /** Whether somebody traded of whom the channel has told nothing. */
  get isStalled(): boolean {
    const doubtedMs = this.#options.elapsed() - (this.#doubtedAt ?? Number.POSITIVE_INFINITY);
    return doubtedMs >= STALLED_MS && !isSameRow(this.#newest, this.#givenUp);
  }

  /** Takes note of the last price. */
  hear(price: HeardPrice): void {
    this.#price = price;
    if (this.#explains(price)) this.#doubtedAt = undefined;
    else if (price.elapsed > this.#pushedAt) this.#doubtedAt ??= price.elapsed;
    this.settle();
  }

  /** Takes the newest candle for closed where that is certain. */
  settle(): void {
    if (this.#forming === undefined || !this.#isVouchedFor) return;
    const end = this.#forming + this.#spanMs;
    if (this.#options.now() - end >= SETTLE_MS) this.#handOn(end);
  }

  /** The channel is subscribed anew, on another connection. */
  giveUp(): void {
    const newest = this.#newest;
    this.lost();
    this.#givenUp = newest;
  }

  /** Ends all queues with an error: nothing more can come. */
  fail(error: unknown): void {
    for (const queue of this.#queues) queue.fail(error);
    this.#queues.clear();
    this.#options.ended();
  }

  get #isVouchedFor(): boolean {
    const price = this.#price;
    if (price === undefined || this.#forming === undefined || !this.#explains(price)) return false;
    return price.time >= this.#forming + this.#spanMs;
  }

  #explains({ last }: HeardPrice): boolean {
    return closeOf(this.#newest) === last;
  }

  /** Hands on what closed until a moment. One after the other: a refill may take a while. */
  #handOn(until: number): void {
    const rows = [...this.#rows];
    const wholeFrom = this.#wholeFrom;
    this.#work = this.#work
      .then(() => this.#deliver(rows, until, wholeFrom))
      .catch((error: unknown) => this.fail(error));
  }

  /** Hands a candle on once more when it was pushed again after its close, and otherwise. */
  #correct(rows: readonly unknown[]): void {
    const told = timeOf(this.#told);
    const row = told === undefined ? undefined : rowAt(rows, told);
    if (told === undefined || row === undefined || isSameRow(row, this.#told)) return;
    this.#told = [...row];
    const { timeframe, volumeUnit, now } = this.#options;
    const rules = { timeframe, asOf: told + this.#spanMs, now: now(), volumeUnit };
    this.#work = this.#work
      .then(() => this.#push(readCandles([[...row]], rules)))
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
    this.#told = [...(isWhole ? (rowAt(rows, this.#handedOn) ?? []) : [])];
    this.#push(candles.slice(candles.indexAt(handedOn + 1)));
  }

  #push(candles: CandleSeries): void {
    for (const candle of candles) for (const queue of this.#queues) queue.push(candle);
  }
}
