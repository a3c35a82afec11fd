import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a client asks. */
export interface AskedCall {
  readonly id: number;
  readonly symbols: readonly { readonly symbol: string; readonly as_of: number }[];
}

/** One request of a client, as far as a hostile server cares. */
export interface Call extends AskedCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What a hostile server does with a tool call. */
export type Malice = (call: Call) => void;

export interface HostileServer {
  readonly url: string;
  /** Tool calls that arrived. */
  readonly calls: number;
  /** Calls that were taken back. */
  readonly cancelled: number;
  close(): Promise<void>;
}

const PATTERN = { type: 'string', pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' };

/** How a hostile server shakes hands. */
export interface Handshake {
  /** The revision of the protocol that it speaks. @defaultValue '2025' */
  readonly revision?: Revision;
  /** @defaultValue one whose pattern takes a minute to match */
  readonly outputSchema?: () => object;
  /** Answers a message before any call in place of what ought to be answered, if it does. */
  readonly instead?: (
    message: { readonly method: string; readonly id: number },
    response: ServerResponse,
  ) => boolean;
}

/** A revision of the protocol, by its year. */
export type Revision = '2025' | '2026';

/** A server that shakes hands as it should, or as it is told, and then does what it likes. */
export async function hostileServer(
  malice: Malice,
  handshake: Handshake = {},
): Promise<HostileServer> {
  const {
    revision = '2025',
    outputSchema = () => ({ type: 'object', properties: { reason: PATTERN } }),
    instead = () => false,
  } = handshake;
  let calls = 0;
  let cancelled = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const message = await jsonOf(request);
    if (message.method === 'notifications/cancelled') cancelled++;
    if (message.id === undefined || message.method === undefined) {
      return void response.writeHead(202).end();
    }
    if (message.method === 'tools/call') {
      calls++;
      const { symbols } = message.params.arguments;
      return malice({ id: message.id, symbols, request, response });
    }
    if (instead(message, response)) return;
    const greeting = greetingTo(message.method, revision, outputSchema);
    sendJson(response, { jsonrpc: '2.0', id: message.id, ...greeting });
  };
  const server = createServer((request, response) => {
    if (request.method === 'POST') return void answer(request, response);
    // A stream that is taken up again is one more chance for malice.
    if (request.headers['last-event-id'] === undefined) response.writeHead(405).end();
    else malice({ id: 0, symbols: [], request, response });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    get calls() {
      return calls;
    },
    get cancelled() {
      return cancelled;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export async function jsonOf(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

export function greetingTo(method: string, revision: Revision, outputSchema: () => object): object {
  if (method === 'server/discover' && revision === '2026') {
    const supportedVersions = ['2026-07-28'];
    return { result: { supportedVersions, capabilities: { tools: {} }, ...COMPLETE } };
  }
  if (method === 'initialize' && revision === '2025') {
    const serverInfo = { name: 'hostile', version: '1' };
    return { result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo } };
  }
  if (method === 'tools/list') {
    const tool = { inputSchema: { type: 'object' }, outputSchema: outputSchema() };
    return { result: { tools: [{ name: 'analyze_batch', ...tool }], ...COMPLETE } };
  }
  return { error: { code: -32_601, message: 'method not found' } };
}

/** What results have had to say of themselves since 2026. */
const COMPLETE = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };

export function sendJson(response: ServerResponse, value: object | string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Writes 40 MB as fast as they are taken, and no faster: what a server does in this process is no pause of its client. */
export function pourFortyMegabytes(response: ServerResponse): void {
  const chunk = Buffer.alloc(1 << 16, 'x');
  let left = 640;
  const write = (): void => {
    while (left-- > 0 && !response.destroyed)
      if (!response.write(chunk)) return void response.once('drain', write);
    response.end();
  };
  write();
}

/** A perfect answer to a batch, before something is done to it. */
export function perfectResults({ symbols }: AskedCall, changed: object = {}): object[] {
  return symbols.map(({ symbol, as_of }) => ({
    ...{ v: 1, symbol, capability: 'market_analysis', engine: 'stat', model: 'm', as_of },
    ...{ confidence: 1, n_obs: 100, reasons: ['up'], bias: 1, trend_t: 3 },
    ...changed,
  }));
}

export function toolResult(id: number, structuredContent: object): object {
  return { jsonrpc: '2.0', id, result: { content: [], structuredContent, resultType: 'complete' } };
}

/** Opens a stream of events. */
export function openStream({ response }: Call): (message: object) => boolean {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  return (message) => response.write(`data: ${JSON.stringify(message)}\n\n`);
}
