import type { Ticker } from '../../market/ticker.js';

/** Faults of tickers, by name; `undefined` is a ticker that is missing. */
export const TICKER_FAULTS = {
  'no-ticker': () => undefined,
  'ticker-not-a-number': (ticker) => ({ ...ticker, last: Number.NaN }),
  'ticker-zero-price': (ticker) => ({ ...ticker, last: 0 }),
  'clock-ahead': (ticker) => ({ ...ticker, time: ticker.time + 20_000 }),
  'clock-far-ahead': (ticker) => ({ ...ticker, time: ticker.time + 300_000 }),
} as const satisfies Record<string, (ticker: Ticker) => Ticker | undefined>;
