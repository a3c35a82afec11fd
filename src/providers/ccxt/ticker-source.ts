import { ScannerError } from '../../errors.js';
import type { Ticker } from '../../market/ticker.js';
import type { Timers } from '../../ports/clock.js';
import type { RequestOptions } from '../../ports/data-provider.js';
import type { Logger } from '../../ports/logger.js';
import { type CcxtLike, internalsOf, isCapable } from './exchange.js';
import type { Gateway } from './gateway.js';
import type { ListedMarket, MarketType } from './listing.js';
import type { ListingSource } from './listing-source.js';
import { bestPrices, readTickers } from './read-tickers.js';
import type { ServerClock } from './server-clock.js';
import type { AskedAt } from './streams/watched-candles.js';

/** What a ticker source works with. */
export interface TickerSourceOptions {
  readonly exchange: CcxtLike;
  readonly gateway: Gateway;
  readonly listing: ListingSource;
  readonly clock: ServerClock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Takes note of tickers that were asked for at a moment. */
  readonly hear: (tickers: readonly Ticker[], asked: AskedAt) => void;
}

type Markets = ReadonlyMap<string, ListedMarket>;

/** From so many symbols on all are asked for: a list in the address has a length that servers bear. */
const MOST_NAMED = 100;

/** Tickers of many symbols, with one request for each type of market, and one more where tickers have no bid and ask. */
export class TickerSource {
  readonly #options: TickerSourceOptions;
  readonly #suspected = new Set<string>();

  constructor(options: TickerSourceOptions) {
    this.#options = options;
  }

  /** The tickers of those that are listed. @throws ScannerError */
  async fetch(
    symbols: readonly string[],
    options: RequestOptions | undefined,
  ): Promise<readonly Ticker[]> {
    const { listing, clock, timers, hear } = this.#options;
    const listed = await listing.known(options);
    const wanted = new Map<string, ListedMarket>();
    for (const symbol of symbols) {
      const own = listed.get(symbol);
      if (own !== undefined) wanted.set(symbol, own);
    }
    const asked = { time: clock.now(), elapsed: timers.elapsed() };
    const tickers = await this.#fetchAll(wanted, asked.time, options);
    hear(tickers, asked);
    return tickers;
  }

  async #fetchAll(
    markets: Markets,
    now: number,
    options: RequestOptions | undefined,
  ): Promise<readonly Ticker[]> {
    const byType = new Map<MarketType, Map<string, ListedMarket>>();
    for (const [symbol, listed] of markets) {
      const group = byType.get(listed.type) ?? new Map<string, ListedMarket>();
      byType.set(listed.type, group.set(symbol, listed));
    }
    const groups = await Promise.all(
      Array.from(byType.values(), (group) => this.#fetchGroup(group, now, options)),
    );
    return groups.flat();
  }

  async #fetchGroup(
    markets: Markets,
    now: number,
    options: RequestOptions | undefined,
  ): Promise<readonly Ticker[]> {
    const tickers = await this.#options.gateway.call({
      endpoint: 'tickers',
      priority: 'urgent',
      options,
      ask: async () => {
        const answer = await this.#options.exchange.fetchTickers(...tickersArguments(markets));
        const { tickers, suspectUnits } = readTickers(answer, markets, now);
        if (tickers.size === 0) {
          throw new ScannerError('bad_data', 'there must be tickers of active markets, were none');
        }
        this.#suspect(suspectUnits);
        return [...tickers.values()];
      },
    });
    const isBare = tickers.every(({ bid, ask }) => bid === undefined && ask === undefined);
    if (!isBare || !isCapable(this.#options.exchange, 'fetchBidsAsks')) return tickers;
    return this.#withBestPrices(tickers, options);
  }

  /** Without them a spread is unknown, which the scanner lets pass: a failure here is worth a remark and no more. */
  async #withBestPrices(
    tickers: readonly Ticker[],
    options: RequestOptions | undefined,
  ): Promise<readonly Ticker[]> {
    try {
      const answer = await this.#options.gateway.call({
        endpoint: 'bidsAsks',
        priority: 'urgent',
        options,
        ask: async () =>
          (await internalsOf(this.#options.exchange).fetchBidsAsks?.()) as Readonly<
            Record<string, { readonly bid?: unknown; readonly ask?: unknown } | undefined>
          >,
      });
      return tickers.map((ticker) => ({ ...ticker, ...bestPrices(answer[ticker.symbol] ?? {}) }));
    } catch (error) {
      if (!ScannerError.is(error) || error.code === 'aborted') throw error;
      this.#options.logger.warn('bids and asks could not be fetched', { error });
      return tickers;
    }
  }

  #suspect(symbols: readonly string[]): void {
    const fresh = symbols.filter((symbol) => !this.#suspected.has(symbol));
    if (fresh.length === 0) return;
    for (const symbol of fresh) this.#suspected.add(symbol);
    this.#options.logger.warn('volumes of the last day are in unknown units', { symbols: fresh });
  }
}

function tickersArguments(markets: Markets): [symbols: string[] | undefined, params?: object] {
  const { type } = markets.values().next().value as ListedMarket;
  if (type === 'spot' && markets.size > MOST_NAMED) return [undefined, { type }];
  return [[...markets.keys()]];
}
