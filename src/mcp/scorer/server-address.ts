import { BlockList, isIP } from 'node:net';
import { quote, ScannerError } from '../../errors.js';
import type { AnalystTool } from '../capability.js';

/** A revision of the protocol by its year, or whichever the server speaks. */
export type Protocol = 'auto' | '2025' | '2026';

/** Where an MCP server is: at an address, or a program to start. */
export interface ServerAddress {
  /** Such as `http://localhost:8811`; `/mcp` and `/sse` are tried below it. */
  readonly serverUrl?: string | undefined;
  /** A program and its arguments, started without a shell and without this process's environment. */
  readonly command?: readonly string[] | undefined;
  /** Borne as `Authorization: Bearer`. Never logged. */
  readonly token?: string | undefined;
  /**
   * Which revision of the protocol is spoken. `auto` asks the server first; a program that ends at the question is started again.
   *
   * @defaultValue 'auto' for an address, '2025' for a program
   */
  readonly protocol?: Protocol | undefined;
  /** What the server calls the tools of an analyst, where that is something else: gateways put a prefix before names. */
  readonly toolMap?: Readonly<Partial<Record<AnalystTool, string>>> | undefined;
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

// The address is never repeated: it may hold a password, or a key among its parameters.
function checkedUrl(serverUrl: string): URL {
  const url = URL.canParse(serverUrl) ? new URL(serverUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const found = url === undefined ? 'no URL' : `one of ${quote(url.protocol)}`;
    throw new ScannerError('config', `serverUrl must be an http URL, was ${found}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ScannerError('config', 'serverUrl must hold no password; give a token instead');
  }
  if (url.protocol === 'http:' && !isNear(url.hostname)) {
    throw new ScannerError('config', `serverUrl must be https for ${quote(url.hostname)}`);
  }
  return url;
}

/** The addresses of this machine and of private networks. */
const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8, 'ipv4');
NEAR.addSubnet('10.0.0.0', 8, 'ipv4');
NEAR.addSubnet('172.16.0.0', 12, 'ipv4');
NEAR.addSubnet('192.168.0.0', 16, 'ipv4');
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');

/** This machine, a private network, a bare name such as those of containers, or a name that no public server can have. */
function isNear(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(host);
  if (version !== 0) return NEAR.check(host, version === 4 ? 'ipv4' : 'ipv6');
  return !host.includes('.') || /\.(localhost|local|internal)$/.test(host);
}
