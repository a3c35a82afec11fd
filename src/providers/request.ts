import { quote, ScannerError } from '../errors.js';
import { throwIfAborted } from '../parallel/deadline.js';
import type { Clock } from '../ports/clock.js';
import type { DataRequestOptions } from '../ports/data-provider.js';

/**
 * The moment a request speaks of, once it is known to be well formed and wanted.
 *
 * @param present - The provider's own present, read only where the request names no moment.
 * @throws ScannerError `aborted` when the signal has fired, `config` when `asOf` is not whole epoch milliseconds.
 */
export function momentOf(options: DataRequestOptions | undefined, present: Clock): number {
  throwIfAborted(options?.signal);
  const moment = options?.asOf ?? present();
  if (Number.isSafeInteger(moment)) return moment;
  throw new ScannerError('config', `asOf must be whole epoch milliseconds, was ${quote(moment)}`);
}

/** @throws ScannerError `config` when `count`, named `name`, is not a whole number of at least 1. */
export function requireCount(name: string, count: number): void {
  if (Number.isSafeInteger(count) && count >= 1) return;
  throw new ScannerError('config', `${name} must be an integer >= 1, was ${quote(count)}`);
}

/** What asking for a market that a provider does not have is answered with. */
export function unknownSymbol(providerId: string, symbol: string): ScannerError {
  return new ScannerError('unknown_symbol', `${providerId} has no market ${quote(symbol)}`, {
    symbol,
  });
}

/** A clock from what a user may give for one: a moment stands still, a clock runs. */
export function clockFrom(now: number | Clock): Clock {
  return typeof now === 'function' ? now : () => now;
}
