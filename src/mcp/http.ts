import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  hostHeaderValidation,
  NodeStreamableHTTPServerTransport,
  originValidation,
  toNodeHandler,
  toWebRequest,
} from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest, type McpServer } from '@modelcontextprotocol/server';
import { ScannerError } from '../errors.js';
import { bearsToken, isLoopback, LOCAL_NAMES } from './local-access.js';
import { BodyRefused, readJson } from './request-body.js';

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

type ReceivedRequest = IncomingMessage & { method: string; url: string };

interface Session {
  readonly transport: NodeStreamableHTTPServerTransport;
  seen: number;
  inFlight: number;
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

/** Keeps the sessions of the protocol of 2025 and hands what is newer to a handler without any. */
class SessionDoor {
  readonly #build: () => McpServer;
  readonly #sessions = new Map<string, Session>();
  readonly #modern: ReturnType<typeof toNodeHandler>;
  readonly #maxSessions: number;
  readonly #maxBodyBytes: number;
  readonly #reaper: NodeJS.Timeout;

  constructor(build: () => McpServer, options: HttpOptions) {
    const { maxSessions = 64, maxBodyBytes = 1 << 20, idleMs = 600_000 } = options;
    this.#build = build;
    this.#maxSessions = maxSessions;
    this.#maxBodyBytes = maxBodyBytes;
    this.#modern = toNodeHandler(createMcpHandler(build, { legacy: 'reject' }));
    // Nine sessions of ten are left without a goodbye, and nobody else closes them.
    this.#reaper = setInterval(() => this.#reap(idleMs), Math.max(10, idleMs / 4)).unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  async handle(request: ReceivedRequest, response: ServerResponse): Promise<void> {
    const path = new URL(request.url, 'http://localhost').pathname;
    if (path !== '/mcp') return refuse(response, 404, 'the endpoint is /mcp');
    const body =
      request.method === 'POST' ? await readJson(request, this.#maxBodyBytes) : undefined;
    const legacy = await isLegacyRequest(await toWebRequest(request, body));
    if (!legacy) return this.#modern(request, response, body);
    const session = await this.#session(request, response);
    if (session === undefined) return;
    session.inFlight++;
    response.on('close', () => {
      session.inFlight--;
      session.seen = Date.now();
    });
    await session.transport.handleRequest(request, response, body);
  }

  async close(): Promise<void> {
    clearInterval(this.#reaper);
    await Promise.all([...this.#sessions.values()].map(({ transport }) => transport.close()));
    this.#sessions.clear();
  }

  async #session(
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): Promise<Session | undefined> {
    const id = headers['mcp-session-id'];
    if (typeof id === 'string') {
      const known = this.#sessions.get(id);
      if (known === undefined) refuse(response, 404, 'the session is over');
      return known;
    }
    if (this.#sessions.size >= this.#maxSessions) {
      refuse(response, 503, 'there are too many sessions');
      return undefined;
    }
    return this.#open();
  }

  async #open(): Promise<Session> {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        this.#sessions.set(id, session);
      },
      onsessionclosed: (id) => {
        this.#sessions.delete(id);
      },
    });
    const session: Session = { transport, seen: Date.now(), inFlight: 0 };
    await this.#build().connect(transport);
    return session;
  }

  #reap(idleMs: number): void {
    for (const [id, { transport, inFlight, seen }] of this.#sessions) {
      if (inFlight > 0 || Date.now() - seen < idleMs) continue;
      this.#sessions.delete(id);
      transport.close().catch(() => undefined);
    }
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  const error = { jsonrpc: '2.0', id: null, error: { code: -32_000, message } };
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...challenge });
  response.end(JSON.stringify(error));
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
