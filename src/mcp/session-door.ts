import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  NodeStreamableHTTPServerTransport,
  toNodeHandler,
  toWebRequest,
} from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest, type McpServer } from '@modelcontextprotocol/server';
import { refuse } from './refusal.js';
import { readJson } from './request-body.js';

/** A request that reached a server has a method and an address. */
export type ReceivedRequest = IncomingMessage & { method: string; url: string };

/** What is let in. */
export interface DoorOptions {
  readonly maxBodyBytes?: number | undefined;
  readonly idleMs?: number | undefined;
  readonly maxSessions?: number | undefined;
}

interface Session {
  readonly transport: NodeStreamableHTTPServerTransport;
  seen: number;
  inFlight: number;
}

/** Keeps the sessions of the protocol of 2025 and hands what is newer to a handler without any. */
export class SessionDoor {
  readonly #build: () => McpServer;
  readonly #sessions = new Map<string, Session>();
  /** Those that are being greeted take a place already: many who come at once must not all find one. */
  readonly #greeted = new Set<Session>();
  readonly #modern: ReturnType<typeof toNodeHandler>;
  readonly #maxSessions: number;
  readonly #maxBodyBytes: number;
  readonly #reaper: NodeJS.Timeout;

  constructor(build: () => McpServer, options: DoorOptions) {
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
    const id = request.headers['mcp-session-id'];
    if (typeof id !== 'string') return this.#greet(request, response, body);
    const session = this.#sessions.get(id);
    if (session === undefined) return refuse(response, 404, 'the session is over');
    await serve(session, request, response, body);
  }

  async close(): Promise<void> {
    clearInterval(this.#reaper);
    await Promise.all([...this.#sessions.values()].map(({ transport }) => transport.close()));
    this.#sessions.clear();
  }

  /** Lets somebody new in, if there is room. */
  async #greet(request: ReceivedRequest, response: ServerResponse, body: unknown): Promise<void> {
    if (this.#sessions.size + this.#greeted.size >= this.#maxSessions) {
      return refuse(response, 503, 'there are too many sessions');
    }
    const session = this.#newSession();
    this.#greeted.add(session);
    try {
      await this.#build().connect(session.transport);
      await serve(session, request, response, body);
    } finally {
      // Who did not say hello stays outside.
      if (this.#greeted.delete(session)) await session.transport.close();
    }
  }

  #newSession(): Session {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        this.#greeted.delete(session);
        this.#sessions.set(id, session);
      },
      onsessionclosed: (id) => {
        this.#sessions.delete(id);
      },
    });
    const session: Session = { transport, seen: Date.now(), inFlight: 0 };
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

async function serve(
  session: Session,
  request: ReceivedRequest,
  response: ServerResponse,
  body: unknown,
): Promise<void> {
  session.inFlight++;
  response.on('close', () => {
    session.inFlight--;
    session.seen = Date.now();
  });
  await session.transport.handleRequest(request, response, body);
}
