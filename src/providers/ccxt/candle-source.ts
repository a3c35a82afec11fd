import { ScannerError } from '../../errors.js';
import type { CandleSeries } from '../../market/candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import type { RequestOptions } from '../../ports/data-provider.js';
import type { RequestPriority } from '../../ports/rate-budget.js';
import { type CcxtLike, internalsOf } from './exchange.js';
import type { ExchangeFacts } from './exchange-facts.js';
import type { Gateway } from './gateway.js';
import type { ListedMarket } from './listing.js';
import { readCandles } from './read-candles.js';
import type { ServerClock } from './server-clock.js';

/** What a candle source works with. */
export interface CandleSourceOptions {
  readonly exchange: CcxtLike;
  readonly gateway: Gateway;
  readonly facts: ExchangeFacts;
  readonly clock: ServerClock;
  /** Rows of a series that come without a request, where they do. */
  readonly snapshot?: (
    symbol: string,
    timeframe: Timeframe,
  ) => Promise<readonly unknown[] | undefined>;
}

/** Which candles are wanted. */
export interface CandleQuestion {
  readonly listed: ListedMarket;
  readonly timeframe: Timeframe;
  readonly limit: number;
  readonly asOf: number;
  readonly options: RequestOptions | undefined;
}

/** Exchanges whose candles of contracts count contracts, where ccxt passes that on as it is. */
const COUNTS_CONTRACTS: ReadonlySet<string> = new Set([
  'gate',
  'gateio',
  'kucoin',
  'kucoinfutures',
  'mexc',
]);
/** Up to so many rows a request is for the newest candles, more are for history. */
const MOST_TAIL_ROWS = 20;

/** Whether so many rows are history, rather than the newest candles. */
export function isHistory(rows: number): boolean {
  return rows > MOST_TAIL_ROWS;
}

/** Base amount of one unit of a market's candle volume, as ccxt gives it. */
export function volumeUnit({ id }: CcxtLike, { contractSize }: ListedMarket): number {
  return COUNTS_CONTRACTS.has(id) ? contractSize : 1;
}

/**
 * Closed candles until a moment: the newest in one request without a start, which every exchange understands alike; those of the
 * past, and more than one answer holds, page by page.
 */
export class CandleSource {
  readonly #exchange: CcxtLike;
  readonly #gateway: Gateway;
  readonly #facts: ExchangeFacts;
  readonly #clock: ServerClock;
  readonly #snapshot: CandleSourceOptions['snapshot'];

  constructor({ exchange, gateway, facts, clock, snapshot }: CandleSourceOptions) {
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#facts = facts;
    this.#clock = clock;
    this.#snapshot = snapshot;
  }

  /** @throws ScannerError */
  async fetch(question: CandleQuestion): Promise<CandleSeries> {
    const { listed, timeframe, limit, asOf } = question;
    this.#requireTimeframe(timeframe, listed.market.symbol);
    const span = timeframeMs(timeframe);
    const end = candleOpen(asOf, timeframe);
    // The forming candle, and what has closed since the moment the question speaks of, come along.
    const newer = (candleOpen(this.#clock.now(), timeframe) - end) / span + 1;
    const rows = limit + newer;
    const { recent } = this.#facts.candleRows;
    const isRecent = rows <= recent && newer <= Math.max(limit, MOST_TAIL_ROWS);
    const streamed = isRecent && isHistory(rows) ? await this.#streamed(question) : undefined;
    if (streamed !== undefined) return streamed;
    const candles = isRecent
      ? this.#read(question, await this.#page(question, rows, undefined))
      : this.#read(question, await this.#pages(question, end - limit * span, limit));
    return candles.slice(-limit);
  }

  /** The candles that come with a subscription, where that is all of them. */
  async #streamed(question: CandleQuestion): Promise<CandleSeries | undefined> {
    const { listed, timeframe, limit } = question;
    const rows = await this.#snapshot?.(listed.market.symbol, timeframe);
    if (rows === undefined) return undefined;
    try {
      const candles = this.#read(question, rows);
      return candles.length < limit ? undefined : candles.slice(-limit);
    } catch (error) {
      // What came over the stream is no worse than no stream.
      if (ScannerError.is(error) && error.code === 'bad_data') return undefined;
      throw error;
    }
  }

  /**
   * Exchanges differ in whether a page holds the candle it ends at, so each begins one candle early and the next overlaps it by
   * one: whichever is missing, the other page has it.
   */
  async #pages(question: CandleQuestion, from: number, count: number): Promise<unknown[]> {
    const { past } = this.#facts.candleRows;
    const span = timeframeMs(question.timeframe);
    const rows: unknown[] = [];
    for (let done = 0; done < count; done += past - 1) {
      const size = Math.min(past, count - done + 1);
      rows.push(...(await this.#page(question, size, from + (done - 1) * span)));
    }
    return rows;
  }

  /** One answer, checked: a retry can mend a bad one only here. */
  #page(question: CandleQuestion, rows: number, since: number | undefined): Promise<unknown[]> {
    const { timeframe, options, listed } = question;
    const { symbol } = listed.market;
    const priority: RequestPriority = isHistory(rows) ? 'fill' : 'tail';
    return this.#gateway.call({
      ...{ endpoint: 'candles', rows, priority, symbol, options },
      ask: async () => {
        const answer = await this.#exchange.fetchOHLCV(symbol, timeframe, since, rows);
        this.#read(question, answer);
        // A market has a newest candle; that it had none so long ago is another matter.
        if (since === undefined && (answer as unknown[]).length === 0) {
          throw new ScannerError('bad_data', `there must be ${timeframe} candles, were none`, {
            symbol,
          });
        }
        return answer as unknown[];
      },
    });
  }

  #read({ listed, timeframe, asOf }: CandleQuestion, rows: unknown): CandleSeries {
    return readCandles(rows, {
      timeframe,
      asOf,
      now: this.#clock.now(),
      volumeUnit: volumeUnit(this.#exchange, listed),
    });
  }

  #requireTimeframe(timeframe: Timeframe, symbol: string): void {
    const { timeframes } = internalsOf(this.#exchange);
    if (timeframes === undefined || Object.hasOwn(timeframes, timeframe)) return;
    throw new ScannerError('unsupported', `${this.#exchange.id} has no ${timeframe} candles`, {
      symbol,
    });
  }
}
