import type { OrderBook } from '../../market/order-book.js';
import type { TradeSeries } from '../../market/trade-series.js';
import type { RequestOptions } from '../../ports/data-provider.js';
import type { CcxtLike } from './exchange.js';
import { askedDepth, type ExchangeFacts } from './exchange-facts.js';
import type { Gateway } from './gateway.js';
import type { ListedMarket } from './listing.js';
import { readBook, readTrades } from './read-orders.js';
import type { ServerClock } from './server-clock.js';

/** What an order source works with. */
export interface OrderSourceOptions {
  readonly exchange: CcxtLike;
  readonly gateway: Gateway;
  readonly facts: ExchangeFacts;
  readonly clock: ServerClock;
  /** The book that was pushed last, in ccxt's form, where books are pushed. */
  readonly pushedBook: (symbol: string, depth: number) => unknown;
}

/** Order books and trades of the present. Books are pushed where they may be, and asked for until they are. */
export class OrderSource {
  readonly #options: OrderSourceOptions;

  constructor(options: OrderSourceOptions) {
    this.#options = options;
  }

  /** @throws ScannerError */
  async book(
    { market: { symbol }, contractSize }: ListedMarket,
    depth: number,
    options: RequestOptions | undefined,
  ): Promise<OrderBook> {
    const { exchange, gateway, facts, clock, pushedBook } = this.#options;
    const asked = askedDepth(facts, depth);
    const read = (answer: unknown): OrderBook =>
      readBook(answer, { depth, contractSize, now: clock.now() });
    const pushed = pushedBook(symbol, depth);
    if (pushed !== undefined) return read(pushed);
    return gateway.call({
      endpoint: 'orderBook',
      rows: asked ?? depth,
      priority: 'urgent',
      symbol,
      options,
      ask: async () => read(await exchange.fetchOrderBook(symbol, asked)),
    });
  }

  /** The newest trades until a moment. @throws ScannerError */
  trades(
    { market: { symbol }, contractSize }: ListedMarket,
    limit: number,
    asOf: number,
    options: RequestOptions | undefined,
  ): Promise<TradeSeries> {
    const { exchange, gateway } = this.#options;
    return gateway.call({
      endpoint: 'trades',
      rows: limit,
      priority: 'urgent',
      symbol,
      options,
      ask: async () => {
        const answer = await exchange.fetchTrades(symbol, undefined, limit);
        return readTrades(answer, { limit, contractSize, asOf });
      },
    });
  }
}
