import { type HttpOptions, type HttpService, serveHttp } from '../http.js';
import { serveOverStdio } from '../stdio.js';
import { scannerServer } from './scanner-server.js';
import { type ScannerServerOptions, ServedScanner } from './served-scanner.js';

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
export async function serveScanner(
  options: ScannerServerOptions & HttpOptions,
): Promise<HttpService> {
  const served = new ServedScanner(options);
  const service = await serveHttp(() => scannerServer(served), options);
  const close = async (): Promise<void> => {
    await Promise.all([served.close(), service.close()]);
  };
  return {
    url: service.url,
    get sessions() {
      return service.sessions;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Serves a scanner to the process at the other end of stdin and stdout, until that end closes or the signal aborts. */
export async function serveScannerStdio(
  options: ScannerServerOptions,
  signal?: AbortSignal,
): Promise<void> {
  const served = new ServedScanner(options);
  await serveOverStdio(() => scannerServer(served), signal);
  await served.close();
}
