import {
  Client as ModernClient,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as OldHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serveAnalyst } from '../../src/mcp/analyst/serve-analyst.js';
import { CAPABILITIES } from '../../src/mcp/capability.js';
import { mcpScorer } from '../../src/mcp/scorer/mcp-scorer.js';
import { climb, signalOf } from './market.js';
import { oldHttpAnalyst, oldSseAnalyst } from './old-analyst.js';

const INFO = { name: 'peer', version: '1' };
const STDIO = { command: process.execPath, args: ['dist/bin/ems.js', 'analyst', '--stdio'] };
const TOOLS = [...CAPABILITIES, 'analyze_batch'].sort();

interface AnyClient {
  connect(transport: never): Promise<void>;
  close(): Promise<void>;
  listTools(): Promise<{ tools: { name: string; outputSchema?: object; annotations?: object }[] }>;
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<unknown>;
}

async function peers(): Promise<[string, AnyClient, unknown][]> {
  const service = await serveAnalyst({ port: 0 });
  onTestFinished(() => service.close());
  const url = new URL(service.url);
  const modern = (mode: 'auto' | 'legacy' | { pin: string }) =>
    new ModernClient(INFO, { versionNegotiation: { mode } }) as unknown as AnyClient;
  const old = () => new OldClient(INFO) as unknown as AnyClient;
  return [
    ['2026 over HTTP', modern({ pin: '2026-07-28' }), new StreamableHTTPClientTransport(url)],
    ['2025 over HTTP', modern('legacy'), new StreamableHTTPClientTransport(url)],
    ['2026 over stdio', modern({ pin: '2026-07-28' }), new StdioClientTransport(STDIO)],
    ['the older SDK over HTTP', old(), new OldHttp(url)],
    ['the older SDK over stdio', old(), new OldStdio(STDIO)],
  ];
}

describe('the analyst', () => {
  test('serves clients of both protocols and of both SDKs the same tools and the same answers', async () => {
    const answers: unknown[] = [];
    for (const [, client, transport] of await peers()) {
      await client.connect(transport as never);
      onTestFinished(() => client.close());
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name).sort()).toEqual(TOOLS);
      for (const { outputSchema, annotations } of tools) {
        expect(outputSchema).toBeDefined();
        expect(annotations).toMatchObject({ readOnlyHint: true });
      }
      const result = (await client.callTool({
        name: 'market_analysis',
        arguments: { symbol: 'BTC/USDT', timeframe: '1h', closes: climb() },
      })) as { structuredContent: unknown; content: { text: string }[] };
      expect(JSON.parse(result.content[0].text)).toEqual(result.structuredContent);
      answers.push(result.structuredContent);
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});

describe('a scorer', () => {
  const signals = [signalOf('A/USDT'), signalOf('B/USDT', { direction: 'short' })];

  async function review(serverUrl: string): Promise<unknown> {
    const scorer = mcpScorer({ serverUrl, deadlineMs: 10_000 });
    onTestFinished(() => scorer.close());
    return scorer.review(signals);
  }

  test('hears from servers of the older SDK, over HTTP and over SSE, what it hears from ours', async () => {
    const service = await serveAnalyst({ port: 0 });
    onTestFinished(() => service.close());
    const expected = await review(service.url);
    expect(await review((await oldHttpAnalyst()).url)).toEqual(expected);
    expect(await review(await oldSseAnalyst())).toEqual(expected);
  });

  test('opens one new session when a server of the older SDK has lost it', async () => {
    const server = await oldHttpAnalyst();
    const scorer = mcpScorer({ serverUrl: server.url, deadlineMs: 10_000 });
    onTestFinished(() => scorer.close());
    for (let scan = 0; scan < 3; scan++) {
      const changed = signals.map((signal) => ({ ...signal, bias: scan / 10 }));
      expect((await scorer.review(changed)).size).toBe(2);
      if (scan === 0) server.forget();
    }
    expect(server.sessions).toBe(2);
  });
});
