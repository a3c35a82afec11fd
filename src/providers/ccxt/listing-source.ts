import { SingleFlight } from '../../parallel/single-flight.js';
import type { RequestOptions } from '../../ports/data-provider.js';
import { unknownSymbol } from '../request.js';
import { type CcxtLike, internalsOf } from './exchange.js';
import type { Gateway } from './gateway.js';
import { type ListedMarket, listMarkets, type MarketType } from './listing.js';

/** The markets of an exchange: listed when first needed, and again when asked to. */
export class ListingSource {
  readonly #exchange: CcxtLike;
  readonly #gateway: Gateway;
  readonly #types: ReadonlySet<MarketType>;
  readonly #flight = new SingleFlight();
  #markets: ReadonlyMap<string, ListedMarket> | undefined;

  constructor(exchange: CcxtLike, gateway: Gateway, types: readonly MarketType[]) {
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#types = new Set(types);
  }

  /** The markets as listed last, or now if they never were. @throws ScannerError */
  async known(options: RequestOptions | undefined): Promise<ReadonlyMap<string, ListedMarket>> {
    return this.#markets ?? this.refresh(options);
  }

  /** The markets as listed now. @throws ScannerError */
  async refresh(options: RequestOptions | undefined): Promise<ReadonlyMap<string, ListedMarket>> {
    this.#markets = await this.#flight.run(
      'markets',
      (signal) => this.#list(signal),
      options?.signal,
    );
    return this.#markets;
  }

  /** @throws ScannerError `unknown_symbol` for a market that is not listed. */
  async require(symbol: string, options: RequestOptions | undefined): Promise<ListedMarket> {
    const own = (await this.known(options)).get(symbol);
    if (own === undefined) throw unknownSymbol(this.#exchange.id, symbol);
    return own;
  }

  #list(signal: AbortSignal): Promise<ReadonlyMap<string, ListedMarket>> {
    const exchange = this.#exchange;
    return this.#gateway.call({
      endpoint: 'markets',
      priority: 'urgent',
      options: { signal },
      ask: async () => {
        // Not ccxt's loadMarkets, which asks for currencies besides, on some exchanges with a signature.
        const answer = await exchange.fetchMarkets();
        const listed = listMarkets(answer, this.#types, internalsOf(exchange).precisionMode);
        exchange.setMarkets(answer as never);
        return listed;
      },
    });
  }
}
