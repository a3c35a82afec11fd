import { quote, ScannerError } from '../errors.js';

/** What a provider threw, as the library's own error: what is foreign counts as a failure of the network. */
export function asScannerError(error: unknown, symbol?: string): ScannerError {
  if (ScannerError.is(error)) return error;
  const message = error instanceof Error ? error.message : error;
  return new ScannerError('network', `the source failed: ${quote(message)}`, {
    cause: error,
    symbol,
  });
}
