import { ScannerError } from '../../../errors.js';
import type { Candle, CandleSeries } from '../../../market/candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../../market/timeframe.js';
import { onAbort } from '../../../parallel/on-abort.js';
import type { TimeStretch } from '../../../ports/data-provider.js';
import type { ListedMarket } from '../listing.js';
import type { ServerClock } from '../server-clock.js';
import { STREAMED_LEVELS } from './channel.js';
import { StreamHub } from './stream-hub.js';
import type { StreamLineOptions } from './stream-line.js';
import { streamsBooks } from './subscribe.js';
import { WatchedBook } from './watched-book.js';
import { WatchedCandles } from './watched-candles.js';

/** What the streams of an exchange work with. */
export interface ExchangeStreamsOptions extends Omit<StreamLineOptions, 'keptRows'> {
  readonly clock: ServerClock;
  /** Base amount of one unit of a market's candle volume. */
  readonly volumeUnit: (listed: ListedMarket) => number;
  /** Fetches the newest `count` candles closed at a moment. */
  readonly refill: (
    listed: ListedMarket,
    timeframe: Timeframe,
    count: number,
    asOf: number,
  ) => Promise<CandleSeries>;
}

/** The last push of a candle may come this long after its close. */
const SETTLE_MS = 2_000;
/** Rows kept of a stream: what is closed is taken from there at once. */
const KEPT_ROWS = 10;
/** A book on a connection that was silent for longer may be of the past. */
const FRESH_BOOK_MS = 10_000;
/** A book that has not changed for longer is asked for: its channel may have died while its connection lives. */
const OLD_BOOK_MS = 60_000;

/** Candles and books of an exchange as they are pushed. */
export class ExchangeStreams {
  readonly #options: ExchangeStreamsOptions;
  readonly #hub: StreamHub;
  readonly #series = new Map<string, WatchedCandles>();
  readonly #books = new Map<string, WatchedBook>();
  #cancelSettling: (() => void) | undefined;

  constructor(options: ExchangeStreamsOptions) {
    this.#options = options;
    this.#hub = new StreamHub({ ...options, keptRows: KEPT_ROWS });
  }

  /** Each candle as it closes, until the signal aborts. @throws ScannerError what a refill fails with. */
  async *candles(
    listed: ListedMarket,
    timeframe: Timeframe,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Candle, void, undefined> {
    const { symbol } = listed.market;
    const name = seriesName(symbol, timeframe);
    const watched = this.#series.get(name) ?? this.#watch(name, listed, timeframe);
    const queue = watched.listen();
    const stopListening = onAbort(signal, () => queue.end());
    if (signal?.aborted) queue.end();
    try {
      yield* queue;
    } finally {
      stopListening();
      if (!watched.unlisten(queue)) this.#unwatch(name, watched);
    }
  }

  /** The stretch of time in which every candle of a series that there was has come. */
  stretch(symbol: string, timeframe: Timeframe): TimeStretch | undefined {
    const watched = this.#series.get(seriesName(symbol, timeframe));
    if (watched === undefined) return undefined;
    const { clock, timers } = this.#options;
    const now = clock.now();
    const heardAt = now - timers.elapsed() + this.#hub.heardAt(watched);
    const until = Math.min(heardAt, now - SETTLE_MS);
    return watched.wholeFrom < until ? { from: watched.wholeFrom, until } : undefined;
  }

  /**
   * The book of a symbol as it was pushed last, in ccxt's form; `undefined` where there is none yet, or none this deep. Who asks
   * for a book has it pushed from then on.
   */
  book(symbol: string, depth: number): unknown {
    const { clock, timers } = this.#options;
    if (!this.pushesBooks(depth)) return undefined;
    const watched = this.#books.get(symbol);
    if (watched === undefined) {
      const fresh = new WatchedBook(symbol);
      if (this.#hub.add(fresh)) this.#books.set(symbol, fresh);
      return undefined;
    }
    const isHeard = timers.elapsed() - this.#hub.heardAt(watched) < FRESH_BOOK_MS;
    const isYoung = clock.now() - watched.time < OLD_BOOK_MS;
    return isHeard && isYoung ? watched.newest : undefined;
  }

  /** Whether books of so many levels are pushed at all. */
  pushesBooks(depth: number): boolean {
    return depth <= STREAMED_LEVELS && streamsBooks(this.#options.exchange);
  }

  close(): void {
    this.#cancelSettling?.();
    this.#hub.close();
    for (const watched of this.#series.values()) {
      watched.fail(new ScannerError('aborted', 'the provider is closed'));
    }
    this.#series.clear();
    this.#books.clear();
  }

  #watch(name: string, listed: ListedMarket, timeframe: Timeframe): WatchedCandles {
    const { clock, volumeUnit, refill, exchange } = this.#options;
    const { symbol } = listed.market;
    const watched = new WatchedCandles({
      ...{ symbol, timeframe, volumeUnit: volumeUnit(listed) },
      now: () => clock.now(),
      refill: (count, asOf) => refill(listed, timeframe, count, asOf),
    });
    if (!this.#hub.add(watched)) {
      throw new ScannerError('unsupported', `${exchange.id} has no room for more streams`, {
        symbol,
      });
    }
    this.#series.set(name, watched);
    this.#settleLater();
    return watched;
  }

  #unwatch(name: string, watched: WatchedCandles): void {
    this.#hub.remove(watched);
    this.#series.delete(name);
  }

  /** A quiet market pushes nothing when a candle's time is over: two seconds after each minute, all are looked at. */
  #settleLater(): void {
    if (this.#cancelSettling !== undefined) return;
    const { clock, timers } = this.#options;
    const now = clock.now() - SETTLE_MS;
    const next = candleOpen(now, '1m') + timeframeMs('1m');
    this.#cancelSettling = timers.after(next - now, () => {
      this.#cancelSettling = undefined;
      this.#settle();
      if (this.#series.size > 0) this.#settleLater();
    });
  }

  #settle(): void {
    const { clock, timers } = this.#options;
    const now = clock.now();
    for (const watched of this.#series.values()) {
      const { forming } = watched;
      if (forming === undefined) continue;
      const overMs = now - forming - timeframeMs(watched.topic.timeframe);
      const heardMs = timers.elapsed() - this.#hub.heardAt(watched);
      if (overMs >= SETTLE_MS && heardMs <= overMs) watched.settle();
    }
  }
}

function seriesName(symbol: string, timeframe: Timeframe): string {
  return `${timeframe} ${symbol}`;
}
