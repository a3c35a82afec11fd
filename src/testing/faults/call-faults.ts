import { ScannerError } from '../../errors.js';

/** How a call can fail as a whole. */
export type CallFaultName =
  | 'rate-limited'
  | 'banned'
  | 'server-error'
  | 'refused'
  | 'garbage'
  | 'timed-out'
  | 'delisted'
  | 'foreign-error';

/** What a call that fails as a whole ends with, by name. A call that hangs ends when its signal aborts. */
export const CALL_FAULTS: Readonly<Record<CallFaultName, (symbol: string) => Error>> = {
  'rate-limited': () => new ScannerError('rate_limit', 'HTTP 429: too many requests'),
  banned: () => new ScannerError('rate_limit', 'HTTP 418: banned for 120 s'),
  'server-error': () => new ScannerError('network', 'HTTP 503: service unavailable'),
  refused: () => new ScannerError('network', 'connection refused'),
  garbage: () => new ScannerError('bad_data', 'expected JSON, found "<html>"'),
  'timed-out': () => new ScannerError('timeout', 'no answer within 5000 ms'),
  delisted: (symbol) =>
    new ScannerError('unknown_symbol', 'the market is not listed any more', { symbol }),
  'foreign-error': () => new TypeError("Cannot read properties of undefined (reading 'data')"),
};

/** Waits until nobody wants an answer any more. */
export function hang(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      const { reason } = signal as AbortSignal;
      reject(
        ScannerError.is(reason) ? reason : new ScannerError('aborted', 'the call was stopped'),
      );
    };
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
