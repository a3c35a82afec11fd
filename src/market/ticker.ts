/** The last 24 hours of one symbol. */
export interface Ticker {
  readonly symbol: string;
  /** When the exchange took it, epoch milliseconds. */
  readonly time: number;
  readonly last: number;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  /** Traded quote value over 24 hours; `undefined` where the source has none. */
  readonly quoteVolume24h: number | undefined;
  /** Price change over 24 hours, as a fraction; `undefined` where the source has none. */
  readonly change24h: number | undefined;
}
