import type { ServerResponse } from 'node:http';
import {
  type Call,
  type Malice,
  openStream,
  perfectResults,
  pourFortyMegabytes,
  sendJson,
  toolResult,
} from './hostile-server.js';

export function answering(change: (call: Call) => object | string): Malice {
  return (call) => sendJson(call.response, change(call));
}

export function results(changed: object): Malice {
  return answering((call) =>
    toolResult(call.id, { results: perfectResults(call, changed), errors: [] }),
  );
}

const raw = (number: string): Malice =>
  answering((call) =>
    JSON.stringify(
      toolResult(call.id, { results: perfectResults(call, { bias: 7.125 }), errors: [] }),
    ).replaceAll('7.125', number),
  );

/** Sends 40 MB of JSON that is none, as fast as they are taken. */
export function sendFortyMegabytes(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  pourFortyMegabytes(response);
}

/** The most commas of a message that is read, and a few less. */
const MANY = 9_900;

/** A result of so many things, written before anybody is watched. */
function crowded(before: string, thing: (i: number) => string, after: string, most = MANY): Malice {
  const things = Array.from({ length: most / thing(0).split(',').length }, (_, i) => thing(i));
  const result = `${before}${things.join(',')}${after}`;
  return answering(({ id }) => `{"jsonrpc":"2.0","id":${id},"result":${result}}`);
}

const RESULTS = ['{"content":[],"structuredContent":{"errors":[],"results":[', ']}}'] as const;
const ERRORS = ['{"content":[],"structuredContent":{"results":[],"errors":[', ']}}'] as const;

/** Answers that are small and hard to read. */
const CROWDS: readonly [string, Malice][] = [
  ['a crowd of results', crowded(RESULTS[0], () => '{}', RESULTS[1])],
  [
    'a crowd of half results',
    crowded(RESULTS[0], () => '{"capability":"market_regime"}', RESULTS[1]),
  ],
  ['a crowd of errors', crowded(ERRORS[0], () => '{}', ERRORS[1])],
  ['a crowd of blocks', crowded('{"content":[', () => '{"type":"text","text":""}', ']}')],
  ['a crowd of blocks that are none', crowded('{"content":[', () => '{}', ']}')],
  [
    'a crowd of audiences of a block',
    crowded('{"content":[{"type":"text","text":"","annotations":{"audience":[', () => '1', ']}}]}'),
  ],
  [
    'a crowd of wishes',
    crowded(
      '{"resultType":"input_required","inputRequests":{',
      (i) => `"f${i}":{"method":"elicitation/create","params":{}}`,
      '}}',
    ),
  ],
  ['a crowd of fields', crowded('{"content":[],"structuredContent":{', (i) => `"f${i}":1`, '}}')],
  ['a crowd of fields beside the result', crowded('{', (i) => `"f${i}":1`, '}')],
  [
    'lists within lists',
    crowded(
      `{"content":[],"structuredContent":{"results":${'['.repeat(500_000)}`,
      () => '',
      `${']'.repeat(500_000)}}}`,
      1,
    ),
  ],
  ['more blocks than are read', crowded('{"content":[', () => '{}', ']}', 300_000)],
];

/** What a server can do to a call; each leaves it without an answer. */
export const MALICES: readonly [string, Malice][] = [
  ['NaN', raw('NaN')],
  ['-1e999', raw('-1e999')],
  ['1e999', raw('1e999')],
  ['a number beyond its bounds', results({ bias: 1.5 })],
  ['a number as text', results({ bias: '1' })],
  ['null', results({ confidence: null })],
  ['another symbol', results({ symbol: 'S999' })],
  ['a moment in the future', results({ as_of: 9e12 })],
  ['an old moment', results({ as_of: 1 })],
  ['another capability’s fields', results({ capability: 'market_regime' })],
  ['a prototype', results({ bias: undefined, ['__proto__']: { bias: 1 } })],
  ['an unknown capability', results({ capability: 'luck' })],
  [
    'an answer to another request',
    answering(() => toolResult(987_654, { results: [], errors: [] })),
  ],
  [
    'an error',
    answering(({ id }) => ({ jsonrpc: '2.0', id, result: { isError: true, content: [] } })),
  ],
  [
    'text that is no JSON',
    answering(({ id }) => ({
      jsonrpc: '2.0',
      id,
      result: { content: [{ type: 'text', text: 'BUY' }] },
    })),
  ],
  [
    'a page',
    ({ response }) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>hi</h1>'),
  ],
  ['status 500', ({ response }) => response.writeHead(500).end()],
  ['status 429', ({ response }) => response.writeHead(429, { 'retry-after': '9' }).end()],
  ['silence', () => undefined],
  ['a reset', ({ response }) => response.destroy()],
  [
    'a stream that ends',
    (call) => {
      openStream(call);
      call.response.end();
    },
  ],
  [
    'a stream that numbers its events and ends, again and again',
    ({ response, request }) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`retry: 0\nid: ${request.headers['last-event-id'] ?? 0}1\ndata:\n\n`);
    },
  ],
  [
    'brackets within brackets',
    answering(({ id }) => `{"jsonrpc":"2.0","id":${id},"result":${'['.repeat(400_000)}`),
  ],
  [
    'an error',
    answering(({ id }) => ({ jsonrpc: '2.0', id, error: { code: -32_603, message: 'no' } })),
  ],
  [
    'a stream that breaks off',
    (call) => {
      openStream(call)({
        jsonrpc: '2.0',
        method: 'notifications/message',
        params: { level: 'info', data: 1 },
      });
      setTimeout(() => call.response.destroy(), 20);
    },
  ],
  [
    'thousands of messages in a list',
    answering(() => {
      const message = { jsonrpc: '2.0', method: 'notifications/progress', params: { n: 1 } };
      return Array.from({ length: 12_000 }, () => message);
    }),
  ],
  ...CROWDS,
  ['40 MB', ({ response }) => sendFortyMegabytes(response)],
  [
    'a stream without end',
    (call) => {
      openStream(call);
      const filler = `: ${'x'.repeat(1_000)}\n\n`;
      const timer = setInterval(() => call.response.write(filler), 1);
      call.response.on('close', () => clearInterval(timer));
    },
  ],
  [
    'a flood of progress',
    (call) => {
      const send = openStream(call);
      const timer = setInterval(() => {
        for (let i = 0; i < 20; i++)
          send({
            jsonrpc: '2.0',
            method: 'notifications/progress',
            params: { progressToken: call.id, progress: i },
          });
      }, 5);
      call.response.on('close', () => clearInterval(timer));
    },
  ],
  [
    'a request for a model within a result',
    answering(({ id }) => ({
      ...{ jsonrpc: '2.0', id },
      result: {
        resultType: 'input_required',
        inputRequests: {
          ask: { method: 'sampling/createMessage', params: { messages: [], maxTokens: 9 } },
        },
      },
    })),
  ],
  [
    'a request for a model',
    (call) => {
      openStream(call)({
        jsonrpc: '2.0',
        id: 1,
        method: 'sampling/createMessage',
        params: { messages: [], maxTokens: 9 },
      });
    },
  ],
  [
    'a request for a form',
    (call) => {
      openStream(call)({
        jsonrpc: '2.0',
        id: 1,
        method: 'elicitation/create',
        params: { message: 'key?', requestedSchema: { type: 'object', properties: {} } },
      });
    },
  ],
];
