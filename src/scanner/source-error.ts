import { quote, ScannerError } from '../errors.js';

/** What a provider threw, as the library's own error: what is foreign counts as a failure of the network. */
export function asScannerError(error: unknown, symbol?: string): ScannerError {
  if (ScannerError.is(error)) return error;
  const message = error instanceof Error ? withoutSecrets(error.message) : error;
  return new ScannerError('network', `the source failed: ${quote(message)}`, {
    cause: error,
    symbol,
  });
}

// Signed requests carry keys and signatures in their URL, and network libraries put the URL into their messages.
function withoutSecrets(message: string): string {
  return message.replace(/\b(\w+:\/\/)[^\s/?#]*@/g, '$1').replace(/[?#]\S*=\S*/g, '?…');
}
