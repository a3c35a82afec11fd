import type { Ticker } from '../../market/ticker.js';

/** What can be wrong with a ticker. */
export type TickerFaultName =
  | 'no-ticker'
  | 'ticker-not-a-number'
  | 'ticker-zero-price'
  | 'clock-ahead'
  | 'clock-far-ahead';

/** Faults of tickers, by name; `undefined` is a ticker that is missing. */
export const TICKER_FAULTS: Readonly<
  Record<TickerFaultName, (ticker: Ticker) => Ticker | undefined>
> = {
  'no-ticker': () => undefined,
  'ticker-not-a-number': (ticker) => ({ ...ticker, last: Number.NaN }),
  'ticker-zero-price': (ticker) => ({ ...ticker, last: 0 }),
  'clock-ahead': (ticker) => ({ ...ticker, time: ticker.time + 20_000 }),
  'clock-far-ahead': (ticker) => ({ ...ticker, time: ticker.time + 300_000 }),
};
