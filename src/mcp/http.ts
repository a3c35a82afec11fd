import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/node';
import type { McpServer } from '@modelcontextprotocol/server';
import { ScannerError } from '../errors.js';
import { bearsToken, isLoopback, LOCAL_NAMES } from './local-access.js';
import { refuse } from './refusal.js';
import { BodyRefused } from './request-body.js';
import { type ReceivedRequest, SessionDoor } from './session-door.js';

/** Where and for whom a server listens. */
export interface HttpOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** @defaultValue '127.0.0.1' */
  readonly host?: string | undefined;
  /** What a caller must bear; needed to listen beyond this machine. */
  readonly token?: string | undefined;
  /** Names, without ports, that callers may know this server by, besides those of this machine. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Most bytes of a request. @defaultValue 1 MiB */
  readonly maxBodyBytes?: number | undefined;
  /** Sessions without a request for so long are closed. @defaultValue 10 minutes */
  readonly idleMs?: number | undefined;
  /** Most sessions at once. @defaultValue 64 */
  readonly maxSessions?: number | undefined;
}

/** A server that listens. */
export interface HttpService extends AsyncDisposable {
  readonly url: string;
  /** How many sessions of the protocol of 2025 are open; that of 2026 has none. */
  readonly sessions: number;
  close(): Promise<void>;
}

/**
 * Serves MCP over HTTP at `/mcp`, to clients of the protocol of 2026 and of 2025 alike.
 *
 * Foreign `Host` and `Origin` headers are refused, which keeps web pages from reaching a server on this machine by a name of their
 * own; so are requests without the token, and bodies that are too large.
 *
 * @param build - Makes a server for one connection; cheap.
 * @throws ScannerError `config` when it would listen beyond this machine without a token; `network` when it cannot listen.
 */
export async function serveHttp(
  build: () => McpServer,
  options: HttpOptions,
): Promise<HttpService> {
  const { host = '127.0.0.1', token, port, allowedHosts = [] } = options;
  if (!isLoopback(host) && !token) {
    throw new ScannerError('config', `a server on ${host} needs a token, there is none`);
  }
  const door = new SessionDoor(build, options);
  const names = [...LOCAL_NAMES, ...allowedHosts];
  const validHost = hostHeaderValidation(names);
  const validOrigin = originValidation(names);
  const server = createServer((request, response) => {
    if (!validHost(request, response) || !validOrigin(request, response)) return;
    if (token && !bearsToken(request.headers.authorization, token))
      return refuse(response, 401, 'a bearer token is needed');
    // A request that reaches a server has both.
    const received = request as ReceivedRequest;
    door.handle(received, response).catch((error: unknown) => {
      const status = error instanceof BodyRefused ? error.status : 500;
      refuse(response, status, error instanceof BodyRefused ? error.message : 'internal error');
    });
  });
  await listen(server, port, host);
  const { port: bound } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    await door.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/mcp`,
    get sessions() {
      return door.size;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = `cannot listen on ${host}:${port} (${cause.code})`;
      reject(new ScannerError('network', why, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
