import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { onTestFinished } from 'vitest';
import { answerBatch } from '../../src/mcp/analyst/analyst-server.js';
import { statisticalEngine } from '../../src/mcp/analyst/statistical-engine.js';
import { type BatchQuestion, batchQuestionSchema } from '../../src/mcp/analyst-question.js';

/** An analyst made with the older SDK. */
export interface OldAnalyst {
  readonly url: string;
  /** Sessions so far. */
  readonly sessions: number;
  /** How many symbols each batch had. */
  readonly batches: readonly number[];
  /** Most batches that were under way together. */
  readonly mostAtOnce: number;
  /** Forgets every session, as a restart does. */
  forget(): void;
}

/** An analyst over Streamable HTTP, at `/mcp`. */
export async function oldHttpAnalyst(): Promise<OldAnalyst> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const work = new BatchCount();
  let opened = 0;
  const url = await listening(async (request, response) => {
    if (request.url !== '/mcp') return void response.writeHead(404).end();
    const id = request.headers['mcp-session-id']?.toString();
    const known = id === undefined ? undefined : sessions.get(id);
    if (id !== undefined && known === undefined) return void response.writeHead(404).end();
    await (known ?? (await open())).handleRequest(request, response);
  });
  const open = async (): Promise<StreamableHTTPServerTransport> => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        opened++;
        sessions.set(id, transport);
      },
    });
    await analyst(work).connect(transport as never);
    return transport;
  };
  return {
    url,
    get sessions() {
      return opened;
    },
    batches: work.sizes,
    get mostAtOnce() {
      return work.mostAtOnce;
    },
    forget: () => sessions.clear(),
  };
}

/** An analyst over the SSE of 2024, at `/sse`. */
export async function oldSseAnalyst(): Promise<string> {
  const sessions = new Map<string, SSEServerTransport>();
  return listening(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/sse' && request.method === 'GET') {
      const transport = new SSEServerTransport('/messages', response);
      sessions.set(transport.sessionId, transport);
      return analyst(new BatchCount()).connect(transport);
    }
    const session = sessions.get(searchParams.get('sessionId') ?? '');
    if (pathname !== '/messages' || session === undefined) {
      return void response.writeHead(404).end();
    }
    await session.handlePostMessage(request, response);
  });
}

class BatchCount {
  readonly sizes: number[] = [];
  mostAtOnce = 0;
  #atOnce = 0;

  async during<T>({ symbols }: BatchQuestion, work: () => Promise<T>): Promise<T> {
    this.sizes.push(symbols.length);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    return work().finally(() => this.#atOnce--);
  }
}

function analyst(count: BatchCount): McpServer {
  const server = new McpServer({ name: 'old', version: '1' });
  const answer = async (batch: BatchQuestion) => {
    // Longer than an answer that came with the end of a stream may take.
    await new Promise((resolve) => setTimeout(resolve, 60));
    const text = JSON.stringify(await answerBatch(statisticalEngine(), batch));
    return { content: [{ type: 'text', text }] };
  };
  const inputSchema = batchQuestionSchema as never;
  server.registerTool('analyze_batch', { inputSchema }, ((batch: BatchQuestion) =>
    count.during(batch, () => answer(batch))) as never);
  return server;
}

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((bound) => server.listen(0, '127.0.0.1', bound));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
