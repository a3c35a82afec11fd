import { quote, ScannerError } from '../errors.js';
import type { Ticker } from '../market/ticker.js';

const PRICES = ['last', 'bid', 'ask'] as const;
const AMOUNTS = ['quoteVolume24h', 'change24h'] as const;

/** What makes a ticker unusable, as a `bad_data` error; `undefined` when nothing does. */
export function tickerFault(ticker: Ticker): ScannerError | undefined {
  for (const field of PRICES) {
    const value = ticker[field];
    const isPrice = value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY;
    if (!isPrice && (value !== undefined || field === 'last')) {
      return fault(ticker, `${field} must be a finite price above 0, was ${quote(value)}`);
    }
  }
  for (const field of AMOUNTS) {
    const value = ticker[field];
    if (value !== undefined && !Number.isFinite(value)) {
      return fault(ticker, `${field} must be finite, was ${quote(value)}`);
    }
  }
  return undefined;
}

function fault({ symbol }: Ticker, message: string): ScannerError {
  return new ScannerError('bad_data', `ticker: ${message}`, { symbol });
}
