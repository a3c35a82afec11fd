import { quote, ScannerError } from '../../errors.js';
import type { DataProvider } from '../../ports/data-provider.js';
import { type CcxtLike, isCapable } from './exchange.js';
import { ExchangeProvider } from './exchange-provider.js';
import type { CcxtProviderOptions } from './provider-options.js';
import { streamsCandles } from './streams/subscribe.js';

/**
 * A provider over any exchange of ccxt. You make the exchange, and it stays yours: it may go on placing orders while a scanner
 * reads through it.
 *
 * Nothing is believed: an empty list, a page of HTML, a missing number, a crossed book, two candles of one time or one of the
 * future is `bad_data`. A candle is closed by the exchange's clock. Amounts of contracts are converted to base amounts. Every
 * request is paid from a budget of 80 % of the exchange's official limits; a request that failed in passing is made again at
 * most twice. Public data needs no keys, and no request is signed.
 *
 * The exchange's `throttle` is replaced by the budget, and `options.uta` is set to `false` where it is not set: without it ccxt
 * asks Bitget which kind of account it is, with a signature.
 *
 * @throws ScannerError `config` for a bad option, or for what is no exchange of ccxt.
 *
 * @example
 * ```ts
 * import ccxt from 'ccxt';
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { ccxtProvider } from 'enhanced-market-scanner/providers/ccxt';
 *
 * const provider = ccxtProvider(new ccxt.bitget(), { marketTypes: ['swap'] });
 * const scanner = new EnhancedMarketScanner({ provider });
 * ```
 */
export function ccxtProvider(exchange: CcxtLike, options: CcxtProviderOptions = {}): DataProvider {
  requireExchange(exchange);
  const provider = new ExchangeProvider(exchange, options);
  if (!isCapable(exchange, 'fetchTrades')) without(provider, 'fetchTrades');
  if (!streamsCandles(exchange)) {
    without(provider, 'watchCandles');
    without(provider, 'streamedStretch');
  }
  return provider;
}

/** Takes away a capability that the exchange does not have. */
function without(
  provider: DataProvider,
  capability: 'fetchTrades' | 'watchCandles' | 'streamedStretch',
): void {
  Object.defineProperty(provider, capability, { value: undefined });
}

function requireExchange(exchange: CcxtLike): void {
  const given: unknown = exchange;
  const isExchange =
    typeof given === 'object' && given !== null && 'fetchOHLCV' in given && 'has' in given;
  if (isExchange) return;
  throw new ScannerError(
    'config',
    `ccxtProvider takes an exchange of ccxt, such as new ccxt.bitget(), was ${quote(given)}`,
  );
}
