import { type HttpOptions, type HttpService, serveHttp } from '../http.js';
import { serveOverStdio } from '../stdio.js';
import { type ScannerServerOptions, scannerServer } from './scanner-server.js';

/**
 * Serves a scanner over HTTP. The scanner stays the caller's, who closes it.
 *
 * @throws ScannerError `config` when it would listen beyond this machine without a token; `network` when it cannot listen.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { serveScanner } from 'enhanced-market-scanner/mcp';
 * import { syntheticProvider } from 'enhanced-market-scanner/providers';
 *
 * await using scanner = new EnhancedMarketScanner({ provider: syntheticProvider() });
 * await using service = await serveScanner({ scanner, port: 0 });
 * console.log(service.url);
 * ```
 */
export function serveScanner({
  scanner,
  version,
  ...http
}: ScannerServerOptions & HttpOptions): Promise<HttpService> {
  return serveHttp(() => scannerServer({ scanner, version }), http);
}

/** Serves a scanner to the process at the other end of stdin and stdout, until that end closes or the signal aborts. */
export function serveScannerStdio(
  options: ScannerServerOptions,
  signal?: AbortSignal,
): Promise<void> {
  return serveOverStdio(() => scannerServer(options), signal);
}
