// An analyst that greets as it should and then talks as fast as it is heard, in a process of its own, so that what it costs to talk is
// not taken for what it costs to listen. By `way` it floods the stream of a call, the stream that a client of 2025 listens on, the one
// of the SSE of 2024, or its stdout. It tells on its stdout, where that is free, its port and how many floods are running.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const [, , way, content] = process.argv;

const FLOODS = {
  progress:
    '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}',
  'messages that are none': '{}',
  'changes of its tools': '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}',
  'empty lines': '',
};
const message = FLOODS[content];
const line = way === 'stdout' ? `${message}\n` : message === '' ? '\n\n' : `data:${message}\n\n`;
const block = line.repeat(Math.ceil(65_536 / line.length));

let floods = 0;
const tell = () =>
  way === 'stdout' || console.log(JSON.stringify({ port: server.address().port, floods }));

function flood(stream) {
  floods++;
  tell();
  stream.on('close', () => {
    floods--;
    tell();
  });
  const pour = () => {
    while (!stream.destroyed && stream.write(block));
    stream.once('drain', pour);
  };
  pour();
}

function greeting({ id, method }) {
  if (method === 'initialize') {
    const serverInfo = { name: 'flooding', version: '1' };
    const result = {
      protocolVersion: '2025-06-18',
      capabilities: { tools: { listChanged: true } },
      serverInfo,
    };
    return { jsonrpc: '2.0', id, result };
  }
  if (method === 'tools/list') {
    return {
      jsonrpc: '2.0',
      id,
      result: { tools: [{ name: 'analyze_batch', inputSchema: { type: 'object' } }] },
    };
  }
  return { jsonrpc: '2.0', id, error: { code: -32_601, message: 'method not found' } };
}

let shared;

function listen(request, response) {
  const isHere = way === 'sse' ? request.url === '/sse' : way === 'listening';
  if (!isHere) return response.writeHead(405).end();
  shared = response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (way === 'sse') return shared.write('event: endpoint\ndata: /messages\n\n');
  return flood(shared);
}

/** Answers on the one stream of the SSE of 2024. */
function answerByStream(asked, request, response) {
  const isHere = request.url === '/messages';
  response.writeHead(isHere ? 202 : 404).end();
  if (!isHere || asked.id === undefined) return;
  if (asked.method === 'tools/call') flood(shared);
  else shared.write(`data: ${JSON.stringify(greeting(asked))}\n\n`);
}

function answer(asked, response) {
  if (asked.id === undefined) return response.writeHead(202).end();
  const isCall = asked.method === 'tools/call';
  const type = isCall ? 'text/event-stream' : 'application/json';
  response.writeHead(200, { 'content-type': type });
  if (!isCall) return response.end(JSON.stringify(greeting(asked)));
  // Who floods where the client listens is silent where it asks.
  return way === 'call' ? flood(response) : response.flushHeaders();
}

const server = createServer(async (request, response) => {
  if (request.method === 'GET') return listen(request, response);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const asked = JSON.parse(Buffer.concat(chunks));
  if (way === 'sse') answerByStream(asked, request, response);
  else answer(asked, response);
});

if (way === 'stdout') {
  for await (const text of createInterface(process.stdin)) {
    const asked = JSON.parse(text);
    if (asked.method === 'tools/call') flood(process.stdout);
    else if (asked.id !== undefined) process.stdout.write(`${JSON.stringify(greeting(asked))}\n`);
  }
} else server.listen(0, '127.0.0.1', tell);
