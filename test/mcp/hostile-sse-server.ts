import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AskedCall,
  greetingTo,
  jsonOf,
  perfectResults,
  pourFortyMegabytes,
  toolResult,
} from './hostile-server.js';

/** What a hostile server does with a tool call on the stream that its answers go out in. */
export type StreamMalice = (call: AskedCall, stream: ServerResponse) => void;

export function sendEvent(stream: ServerResponse, message: object): void {
  stream.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
}

/** What a server over the SSE of 2024 can do to a call. */
export const STREAM_MALICES: readonly [string, StreamMalice][] = [
  ['silence', () => undefined],
  [
    'a number beyond its bounds',
    (call, stream) => {
      const results = perfectResults(call, { bias: 1.5 });
      sendEvent(stream, toolResult(call.id, { results, errors: [] }));
    },
  ],
  [
    'an answer to another request',
    (_, stream) => sendEvent(stream, toolResult(987_654, { results: [], errors: [] })),
  ],
  ['an end', (_, stream) => void stream.end()],
  ['a reset', (_, stream) => void stream.destroy()],
  [
    'an event of 40 MB',
    (_, stream) => {
      stream.write('data: ');
      pourFortyMegabytes(stream);
    },
  ],
  [
    'a flood of progress',
    (call, stream) => {
      const params = { progressToken: call.id, progress: 1 };
      const flood = setInterval(() => {
        for (let i = 0; i < 20; i++)
          sendEvent(stream, { jsonrpc: '2.0', method: 'notifications/progress', params });
      }, 5);
      stream.on('close', () => clearInterval(flood));
    },
  ],
];

/** A server over the SSE of 2024: it greets as it should, and answers calls as it likes. */
export async function hostileSseServer(malice: StreamMalice) {
  let stream: ServerResponse | undefined;
  const server = createServer(async (request, response) => {
    if (request.url === '/sse' && request.method === 'GET') {
      stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
      return void stream.write('event: endpoint\ndata: /messages\n\n');
    }
    if (request.url !== '/messages' || stream === undefined) {
      return void response.writeHead(404).end();
    }
    const { id, method, params } = await jsonOf(request);
    response.writeHead(202).end();
    if (id === undefined || method === undefined) return;
    if (method === 'tools/call') return malice({ id, symbols: params.arguments.symbols }, stream);
    sendEvent(stream, {
      jsonrpc: '2.0',
      id,
      ...greetingTo(method, '2025', () => ({ type: 'object' })),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sse`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
