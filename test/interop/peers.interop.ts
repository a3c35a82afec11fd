import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answerBatch } from '../../src/mcp/analyst/analyst-server.js';
import { serveAnalyst } from '../../src/mcp/analyst/serve-analyst.js';
import { statisticalEngine } from '../../src/mcp/analyst/statistical-engine.js';
import { type BatchQuestion, batchQuestionSchema } from '../../src/mcp/analyst-question.js';
import { type McpScorer, mcpScorer } from '../../src/mcp/scorer/mcp-scorer.js';
import { Peer } from '../../src/mcp/scorer/peer.js';
import type { McpScorerOptions } from '../../src/mcp/scorer/scorer-options.js';
import type { Protocol, ServerAddress } from '../../src/mcp/scorer/server-address.js';
import { EMS } from '../cli/ems.js';
import { connectorTo } from '../mcp/connector-to.js';
import { signalOf } from '../mcp/market.js';
import { binOf, freePort, INTEROP, listening } from './other-programs.js';

const SIGNALS = [signalOf('A/USDT'), signalOf('B/USDT', { direction: 'short' })];
const ANALYST = `${process.execPath} ${EMS} analyst --stdio`;

function scorer(options: McpScorerOptions): McpScorer {
  const made = mcpScorer({ deadlineMs: 20_000, connectMs: 20_000, ...options });
  onTestFinished(() => made.close());
  return made;
}

/** What an analyst says when nothing stands between. */
async function directly(): Promise<unknown> {
  const service = await serveAnalyst({ port: 0 });
  onTestFinished(() => service.close());
  return scorer({ serverUrl: service.url }).review(SIGNALS);
}

describe('the reference server', () => {
  const TOOL = 'get-structured-content';

  async function asked(address: ServerAddress): Promise<void> {
    const options = { maxBytes: 1 << 20, connectMs: 20_000, onState: () => undefined };
    const peer = new Peer(address, options);
    onTestFinished(() => peer.close());
    const signal = AbortSignal.timeout(30_000);
    const tools = await peer.tools(signal);
    expect(tools).toContain(TOOL);
    const weather = await peer.call(TOOL, { location: 'New York' }, signal);
    expect(weather).toMatchObject({ temperature: expect.any(Number) });
    // Progress that nobody asked for disturbs nothing. Who asks is told, though not of a step that crosses with the answer.
    const slow = { duration: 0.4, steps: 4 };
    const ending = peer.call('trigger-long-running-operation', slow, signal);
    await expect(ending).rejects.toThrow('text that is not JSON');
    expect((await progressOf(address, slow, signal)).slice(0, 3)).toEqual([1, 2, 3]);
  }

  async function progressOf(
    address: ServerAddress,
    slow: Record<string, number>,
    signal: AbortSignal,
  ): Promise<number[]> {
    const { guard, connector } = connectorTo(address);
    const { client } = await connector.connect(() => undefined, signal);
    onTestFinished(() => client.close());
    const steps: number[] = [];
    const onprogress = ({ progress }: { progress: number }) => void steps.push(progress);
    const call = { name: 'trigger-long-running-operation', arguments: slow };
    await guard.guard((stream) => client.callTool(call, { onprogress, signal: stream }));
    return steps;
  }

  test.each(['streamableHttp', 'sse'])('is understood over %s', async (transport) => {
    const port = await freePort();
    await listening(port, binOf('mcp-server-everything'), [transport], { PORT: String(port) });
    await asked({ serverUrl: `http://127.0.0.1:${port}` });
  });

  test('is understood over stdin and stdout', async () => {
    await asked({ command: [binOf('mcp-server-everything'), 'stdio'] });
  });
});

describe('a scorer', () => {
  test.each<[string, Protocol]>([
    ['streamableHttp', '2025'],
    ['streamableHttp', '2026'],
    // One program stands behind all of its clients, and the first decides on the protocol.
    ['sse', '2025'],
  ])(
    'hears through supergateway, from stdin and stdout to %s, what it hears directly (%s)',
    async (transport, protocol) => {
      const port = await freePort();
      const flags = ['--outputTransport', transport, '--port', String(port), '--logLevel', 'none'];
      await listening(port, binOf('supergateway'), ['--stdio', ANALYST, ...flags]);
      const serverUrl = `http://127.0.0.1:${port}`;
      expect(await scorer({ serverUrl, protocol }).review(SIGNALS)).toEqual(await directly());
    },
  );

  test('hears through mcp-remote, from HTTP to stdin and stdout, what it hears directly', async () => {
    const service = await serveAnalyst({ port: 0 });
    onTestFinished(() => service.close());
    const command = [binOf('mcp-remote'), service.url, '--allow-http'];
    expect(await scorer({ command }).review(SIGNALS)).toEqual(await directly());
  });

  test('understands FastMCP, which answers in text alone', async () => {
    const port = await freePort();
    await fastAnalyst(port);
    const serverUrl = `http://127.0.0.1:${port}`;
    expect(await scorer({ serverUrl }).review(SIGNALS)).toEqual(await directly());
  });

  test.each<[string | undefined, Protocol]>([
    ['token', '2025'],
    ['token', '2026'],
    ['token', 'auto'],
    [undefined, '2025'],
    [undefined, '2026'],
    [undefined, 'auto'],
  ])(
    'follows the redirect of a gateway on its own origin, with its token (%s, protocol %s)',
    async (token, protocol) => {
      const service = await serveAnalyst({ port: 0, token: 'token' });
      onTestFinished(() => service.close());
      const seen: string[] = [];
      const gateway = await gatewayBefore(service.url, seen);
      const review = scorer({ serverUrl: gateway, token, protocol }).review(SIGNALS);
      if (token === undefined) {
        await expect(review).rejects.toThrow(/401/);
        // A closed door is an answer: no other address is tried.
        expect(new Set(seen)).toEqual(new Set(['/', '/mcp']));
      } else {
        expect(await review).toEqual(await directly());
      }
    },
  );
});

/** An analyst in another framework. */
async function fastAnalyst(port: number): Promise<void> {
  const require = createRequire(join(INTEROP, 'package.json'));
  const { FastMCP } = await import(pathToFileURL(require.resolve('fastmcp')).href);
  const server = new FastMCP({ name: 'fast', version: '1.0.0' });
  server.addTool({
    name: 'analyze_batch',
    description: 'Answers a batch.',
    parameters: batchQuestionSchema,
    execute: async (batch: BatchQuestion) =>
      JSON.stringify(await answerBatch(statisticalEngine(), batch)),
  });
  await server.start({ transportType: 'httpStream', httpStream: { port, host: '127.0.0.1' } });
  onTestFinished(() => server.stop());
}

/** Stands where the Docker MCP Gateway does: the root redirects to `/mcp`, and both want the token. */
async function gatewayBefore(target: string, seen: string[]): Promise<string> {
  const server = createServer(async (request, response) => {
    const { url = '/', method = 'GET' } = request;
    seen.push(url);
    if (url === '/') return void response.writeHead(307, { location: '/mcp' }).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host, connection, 'content-length': length, ...headers } = request.headers;
    const answer = await fetch(target, {
      method,
      headers: headers as Record<string, string>,
      ...(method === 'POST' && { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status, {
      ...Object.fromEntries(
        [...answer.headers].filter(
          ([name]) => !/^(content-length|connection|transfer-encoding)$/.test(name),
        ),
      ),
    });
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  });
  await new Promise<void>((bound) => server.listen(0, '127.0.0.1', bound));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
