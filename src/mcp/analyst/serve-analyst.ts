import { type HttpOptions, type HttpService, serveHttp } from '../http.js';
import { serveOverStdio } from '../stdio.js';
import { analystServer } from './analyst-server.js';
import { type AnalystEngine, statisticalEngine } from './statistical-engine.js';

/** What an analyst is made of. */
export interface AnalystOptions {
  /** @defaultValue the statistical engine without a source of news */
  readonly engine?: AnalystEngine | undefined;
  /** Told to clients. @defaultValue '0.0.0' */
  readonly version?: string | undefined;
}

/**
 * Serves the analyst over HTTP.
 *
 * @throws ScannerError `config` when it would listen beyond this machine without a token; `network` when it cannot listen.
 *
 * @example
 * ```ts
 * import { mcpScorer, serveAnalyst } from 'enhanced-market-scanner/mcp';
 *
 * await using analyst = await serveAnalyst({ port: 0 });
 * const aiScorer = mcpScorer({ serverUrl: analyst.url });
 * ```
 */
export function serveAnalyst({
  engine = statisticalEngine(),
  version = '0.0.0',
  ...http
}: AnalystOptions & HttpOptions): Promise<HttpService> {
  return serveHttp(() => analystServer(engine, version), http);
}

/** Serves the analyst to the process at the other end of stdin and stdout, until that end closes or the signal aborts. */
export function serveAnalystStdio(
  { engine = statisticalEngine(), version = '0.0.0' }: AnalystOptions = {},
  signal?: AbortSignal,
): Promise<void> {
  return serveOverStdio(() => analystServer(engine, version), signal);
}
