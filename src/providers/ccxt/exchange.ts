/**
 * As much of a ccxt exchange as the provider uses. Any instance of ccxt's classes has it, of whichever copy of ccxt, and so has
 * whatever looks the same. ccxt's own types are not part of ours: they take seconds to check.
 */
export interface CcxtLike {
  readonly id: string;
  /** ccxt's capabilities, such as `fetchTickers: true`. */
  readonly has: object;
  readonly markets?: object | undefined;
  /** Where requests go: nested strings. */
  urls: object;
  options: object;
  fetchMarkets(): Promise<unknown>;
  setMarkets(markets: never): unknown;
  fetchTickers(symbols?: string[] | undefined, params?: object): Promise<unknown>;
  fetchOHLCV(
    symbol: string,
    timeframe?: string,
    since?: number | undefined,
    limit?: number,
  ): Promise<unknown>;
  fetchOrderBook(symbol: string, limit?: number | undefined): Promise<unknown>;
  fetchTrades(symbol: string, since?: number | undefined, limit?: number): Promise<unknown>;
}

/** What else an exchange of ccxt has that the provider sets or calls; its base class declares these as `any` or not at all. */
export interface CcxtInternals {
  readonly timeframes?: Readonly<Record<string, unknown>>;
  readonly precisionMode?: number;
  readonly rateLimit?: number;
  enableRateLimit?: boolean;
  fetchImplementation?: unknown;
  throttle?: (cost?: number) => Promise<unknown>;
  onRestResponse?: (...args: unknown[]) => unknown;
  fetchTime?: () => Promise<unknown>;
  fetchBidsAsks?: (symbols?: string[]) => Promise<unknown>;
}

/** A market as ccxt describes it; every field may be missing or of another kind. */
export interface CcxtMarket {
  readonly symbol?: unknown;
  readonly base?: unknown;
  readonly quote?: unknown;
  readonly active?: unknown;
  readonly spot?: unknown;
  readonly swap?: unknown;
  readonly linear?: unknown;
  readonly contractSize?: unknown;
  readonly taker?: unknown;
  readonly created?: unknown;
  readonly precision?: { readonly price?: unknown; readonly amount?: unknown };
  readonly limits?: {
    readonly cost?: { readonly min?: unknown };
    readonly amount?: { readonly min?: unknown };
  };
}

/** Whether an exchange says that it can do something; an emulation of ccxt's does not count. */
export function isCapable(exchange: CcxtLike, capability: string): boolean {
  return (exchange.has as Readonly<Record<string, unknown>>)[capability] === true;
}

export function internalsOf(exchange: CcxtLike): CcxtInternals {
  return exchange as CcxtInternals;
}

/** A foreign value as a number that can be calculated with; `undefined` for everything else. */
export function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A foreign value as a number above 0. */
export function positive(value: unknown): number | undefined {
  const number = finite(value);
  return number !== undefined && number > 0 ? number : undefined;
}
