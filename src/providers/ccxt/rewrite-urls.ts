import { quote, ScannerError } from '../../errors.js';
import type { CcxtLike } from './exchange.js';

const ORIGIN = /^(http|ws)s?:\/\/[^/]+/;

/**
 * Sends an exchange's requests and its websockets elsewhere: to a proxy that serves the exchange's paths, or to a server for
 * tests.
 *
 * @param baseUrl - Scheme, host and port, and a path if need be: `http://127.0.0.1:8080`.
 * @throws ScannerError `config` for what is no HTTP address, or carries credentials.
 */
export function rewriteUrls(exchange: CcxtLike, baseUrl: string): void {
  const base = readBase(baseUrl);
  const urls = exchange.urls as { api?: unknown };
  urls.api = withBase(urls.api, base);
}

function readBase(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.search === ''
  ) {
    return url.href.replace(/\/$/, '');
  }
  throw new ScannerError(
    'config',
    `baseUrl must be an http or https address without credentials, was ${quote(url === undefined ? baseUrl : url.origin)}`,
  );
}

function withBase(value: unknown, base: string): unknown {
  if (typeof value === 'string') {
    return value.replace(ORIGIN, (_, kind) => (kind === 'ws' ? base.replace(/^http/, 'ws') : base));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, url]) => [key, withBase(url, base)]));
}
