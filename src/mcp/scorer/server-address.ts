import { quote, ScannerError } from '../../errors.js';

/** Where an MCP server is: at an address, or a program to start. */
export interface ServerAddress {
  /** Such as `http://localhost:8811`; `/mcp` and `/sse` are tried below it. */
  readonly serverUrl?: string | undefined;
  /** A program and its arguments, started without a shell and without this process's environment. */
  readonly command?: readonly string[] | undefined;
  /** Borne as `Authorization: Bearer`. Never logged. */
  readonly token?: string | undefined;
}

/** One way to reach a server. */
export interface Endpoint {
  readonly transport: 'http' | 'sse';
  readonly url: URL;
}

/**
 * The ways to reach a server by its address, in the order they are tried: Streamable HTTP as given and below `/mcp`, then the
 * older SSE as given and below `/sse`.
 *
 * @throws ScannerError `config` for an address that is no http URL, holds a password, or is remote without https.
 */
export function endpointsOf(serverUrl: string): readonly Endpoint[] {
  const url = checkedUrl(serverUrl);
  const below = (name: string): URL[] =>
    url.pathname.endsWith(`/${name}`)
      ? []
      : [new URL(`${url.pathname.replace(/\/$/, '')}/${name}${url.search}`, url)];
  return [
    ...[url, ...below('mcp')].map((each) => ({ transport: 'http', url: each }) as const),
    ...[url, ...below('sse')].map((each) => ({ transport: 'sse', url: each }) as const),
  ];
}

function checkedUrl(serverUrl: string): URL {
  const url = URL.canParse(serverUrl) ? new URL(serverUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ScannerError('config', `serverUrl must be an http URL, was ${quote(serverUrl)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ScannerError('config', 'serverUrl must hold no password; give a token instead');
  }
  if (url.protocol === 'http:' && !isNear(url.hostname)) {
    throw new ScannerError('config', `serverUrl must be https for ${quote(url.hostname)}`);
  }
  return url;
}

/** This machine, a private network, or a bare name such as those of containers. */
function isNear(host: string): boolean {
  return (
    !/[.:]/.test(host) ||
    /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(host) ||
    /^\[(::1|f[cd])/.test(host) ||
    /\.(local|internal)$/.test(host)
  );
}
