/** Trading rules of one symbol. */
export interface Market {
  /** ccxt's unified spelling, such as `BTC/USDT` (spot) or `BTC/USDT:USDT` (perpetual). */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Smallest step of a price, in quote currency. */
  readonly tickSize: number;
  /** Smallest step of an order's base amount. */
  readonly lotSize: number;
  /** Smallest order value in quote currency. */
  readonly minNotional: number;
  /** What a taker pays, in basis points of the notional. */
  readonly takerFeeBps: number;
  /** When trading began, epoch milliseconds; `undefined` where the source does not say. */
  readonly listedAt?: number | undefined;
}
