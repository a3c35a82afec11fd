import { ScannerError } from '../../../errors.js';
import type { Candle, CandleSeries } from '../../../market/candle-series.js';
import type { Ticker } from '../../../market/ticker.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../../market/timeframe.js';
import { onAbort } from '../../../parallel/on-abort.js';
import type { TimeStretch } from '../../../ports/data-provider.js';
import type { ListedMarket } from '../listing.js';
import type { ServerClock } from '../server-clock.js';
import { StreamHub } from './stream-hub.js';
import type { StreamLineOptions } from './stream-line.js';
import { channelName } from './subscribe.js';
import { WatchedBooks } from './watched-books.js';
import { type AskedAt, SETTLE_MS, STALLED_MS, WatchedCandles } from './watched-candles.js';

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
  /** Asks for the last prices of markets, and has {@link ExchangeStreams.hear} hear them. */
  readonly askPrices: (symbols: readonly string[]) => Promise<unknown>;
}

/** Prices that were just asked for are looked at once more, when a push that explains them has had time to come. */
const DOUBT_MS = STALLED_MS + 100;
/** Rows kept of a stream: what is closed is taken from there at once. */
const KEPT_ROWS = 10;

/** Candles and books of an exchange as they are pushed. */
export class ExchangeStreams {
  /** The books that are pushed. */
  readonly books: WatchedBooks;
  readonly #options: ExchangeStreamsOptions;
  readonly #hub: StreamHub;
  readonly #series = new Map<string, WatchedCandles>();
  #cancelSettling: (() => void) | undefined;
  #cancelDoubt: (() => void) | undefined;
  #isClosed = false;

  constructor(options: ExchangeStreamsOptions) {
    this.#options = options;
    this.#hub = new StreamHub({ ...options, keptRows: KEPT_ROWS });
    this.books = new WatchedBooks(options, this.#hub);
  }

  /** Each candle as it closes, until the signal aborts. @throws ScannerError what a refill fails with, `aborted` once closed. */
  async *candles(
    listed: ListedMarket,
    timeframe: Timeframe,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Candle, void, undefined> {
    if (this.#isClosed) throw closed();
    const { symbol } = listed.market;
    const name = candlesName(symbol, timeframe);
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
    const watched = this.#series.get(candlesName(symbol, timeframe));
    if (watched === undefined) return undefined;
    const { clock, timers } = this.#options;
    const now = clock.now();
    const heardAt = now - timers.elapsed() + this.#hub.heardAt(watched);
    const until = Math.min(heardAt, now - SETTLE_MS, watched.wholeUntil);
    return watched.wholeFrom < until ? { from: watched.wholeFrom, until } : undefined;
  }

  /** Takes note of last prices: a market whose price is that of its newest candle is one in which nobody traded since. */
  hear(prices: readonly Pick<Ticker, 'symbol' | 'last'>[], asked: AskedAt): void {
    if (this.#series.size === 0) return;
    const known = new Map(prices.map(({ symbol, last }) => [symbol, last]));
    for (const watched of this.#series.values()) {
      const last = known.get(watched.symbol);
      if (last !== undefined) watched.hear({ last, ...asked });
    }
    this.#cancelDoubt ??= this.#options.timers.after(DOUBT_MS, () => {
      this.#cancelDoubt = undefined;
      this.#replaceStalled();
    });
  }

  close(): void {
    this.#cancelSettling?.();
    this.#cancelDoubt?.();
    this.#isClosed = true;
    this.#hub.close();
    for (const watched of this.#series.values()) {
      watched.fail(closed());
    }
    this.#series.clear();
  }

  #watch(name: string, listed: ListedMarket, timeframe: Timeframe): WatchedCandles {
    const { clock, timers, volumeUnit, refill } = this.#options;
    const { symbol } = listed.market;
    const watched: WatchedCandles = new WatchedCandles({
      ...{ symbol, timeframe, volumeUnit: volumeUnit(listed) },
      now: () => clock.now(),
      elapsed: () => timers.elapsed(),
      refill: (count, asOf) => refill(listed, timeframe, count, asOf),
      ended: () => this.#unwatch(name, watched),
    });
    if (!this.#hub.add(watched)) throw this.#noRoom(symbol);
    this.#series.set(name, watched);
    this.#settleLater();
    return watched;
  }

  #unwatch(name: string, watched: WatchedCandles): void {
    this.#hub.remove(watched);
    // Who is slow to hear that a series ended must not end the one that another began since.
    if (this.#series.get(name) === watched) this.#series.delete(name);
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

  /** Prices tell which markets were quiet; a scan that has just asked for them has told already. */
  #settle(): void {
    const unsure = new Set<string>();
    for (const watched of this.#series.values()) {
      watched.settle();
      if (watched.needsPrice) unsure.add(watched.symbol);
    }
    if (unsure.size === 0) return;
    const { askPrices, exchange, logger } = this.#options;
    askPrices([...unsure]).catch((error: unknown) => {
      if (!this.#isClosed) {
        logger.warn('no price tells whether markets are quiet', { exchange: exchange.id, error });
      }
    });
  }

  /** Subscribes on other connections what was not heard of though somebody traded. */
  #replaceStalled(): void {
    const { exchange, logger } = this.#options;
    for (const watched of this.#series.values()) {
      if (!watched.isStalled) continue;
      logger.warn('a channel fell silent', { exchange: exchange.id, symbol: watched.symbol });
      watched.giveUp();
      if (!this.#hub.move(watched)) watched.fail(this.#noRoom(watched.symbol));
    }
  }

  #noRoom(symbol: string): ScannerError {
    const { exchange } = this.#options;
    return new ScannerError('rate_limit', `all connections to ${exchange.id} carry streams`, {
      symbol,
    });
  }
}

function closed(): ScannerError {
  return new ScannerError('aborted', 'the provider is closed');
}

function candlesName(symbol: string, timeframe: Timeframe): string {
  return channelName({ topic: { kind: 'candles', timeframe }, symbol });
}
