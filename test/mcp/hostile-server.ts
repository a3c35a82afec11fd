import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request of a client, as far as a hostile server cares. */
export interface Call {
  readonly id: number;
  readonly symbols: readonly { readonly symbol: string; readonly as_of: number }[];
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What a hostile server does with a tool call. */
export type Malice = (call: Call) => void;

export interface HostileServer {
  readonly url: string;
  /** Tool calls that arrived. */
  readonly calls: number;
  close(): Promise<void>;
}

const PATTERN = { type: 'string', pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' };

/** A server of the protocol of 2025 that shakes hands as it should and then does what it likes. */
export async function hostileServer(
  malice: Malice,
  outputSchema: () => object = () => ({ type: 'object', properties: { reason: PATTERN } }),
): Promise<HostileServer> {
  let calls = 0;
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message = JSON.parse(Buffer.concat(chunks).toString());
    if (message.id === undefined || message.method === undefined) {
      return void response.writeHead(202).end();
    }
    if (message.method === 'tools/call') {
      calls++;
      const { symbols } = message.params.arguments;
      return malice({ id: message.id, symbols, request, response });
    }
    sendJson(response, {
      jsonrpc: '2.0',
      id: message.id,
      ...handshake(message.method, outputSchema),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    get calls() {
      return calls;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function handshake(method: string, outputSchema: () => object): object {
  if (method === 'initialize') {
    const serverInfo = { name: 'hostile', version: '1' };
    return { result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo } };
  }
  if (method === 'tools/list') {
    const tool = { inputSchema: { type: 'object' }, outputSchema: outputSchema() };
    return { result: { tools: [{ name: 'analyze_batch', ...tool }] } };
  }
  return { error: { code: -32_601, message: 'method not found' } };
}

export function sendJson(response: ServerResponse, value: object | string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
}

/** A perfect answer to a batch, before something is done to it. */
export function perfectResults({ symbols }: Call, changed: object = {}): object[] {
  return symbols.map(({ symbol, as_of }) => ({
    ...{ v: 1, symbol, capability: 'market_analysis', engine: 'stat', model: 'm', as_of },
    ...{ confidence: 1, n_obs: 100, reasons: ['up'], bias: 1, trend_t: 3 },
    ...changed,
  }));
}

export function toolResult(id: number, structuredContent: object): object {
  return { jsonrpc: '2.0', id, result: { content: [], structuredContent } };
}

/** Opens a stream of events. */
export function openStream({ response }: Call): (message: object) => boolean {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  return (message) => response.write(`data: ${JSON.stringify(message)}\n\n`);
}
