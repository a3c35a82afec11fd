import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serveScanner } from '../../src/mcp/scanner-server/serve-scanner.js';
import { scannerWith } from './market.js';

const INFO = { name: 'peer', version: '1' };

async function connected(mode: 'legacy' | { pin: string } = { pin: '2026-07-28' }) {
  const scanner = scannerWith();
  const service = await serveScanner({ scanner, port: 0 });
  const client = new Client(INFO, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(service.url)));
  onTestFinished(async () => {
    await client.close();
    await service.close();
    await scanner.close();
  });
  return { client, scanner, service };
}

describe('the scanner as tools', () => {
  test('are at most ten, read only, with titles, descriptions and schemas', async () => {
    const { client } = await connected();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'scan_markets',
      'get_market_summary',
      'analyze_symbol',
      'explain_score',
      'get_health',
    ]);
    for (const tool of tools) {
      expect(tool).toMatchObject({
        title: expect.any(String),
        description: expect.any(String),
        outputSchema: { type: 'object' },
        annotations: { readOnlyHint: true, destructiveHint: false },
      });
    }
  });

  test.each([['legacy' as const], [{ pin: '2026-07-28' }]])(
    'scan, tell progress, page, and give the same as text and as structure (%j)',
    async (mode) => {
      const { client, scanner } = await connected(mode);
      const progress: number[] = [];
      const scan = (args: object) =>
        client.callTool(
          { name: 'scan_markets', arguments: { ...args } },
          { onprogress: ({ progress: done }) => progress.push(done) },
        );
      const first = await scan({ limit: 1 });
      const [block] = first.content;
      expect(JSON.parse(block.type === 'text' ? block.text : '')).toEqual(first.structuredContent);
      const { signals } = await scanner.scan();
      expect(first.structuredContent).toMatchObject({
        signals: [{ symbol: signals[0].symbol, score: signals[0].score }],
        next_offset: 1,
        errors: [],
      });
      expect(progress.length).toBeGreaterThan(3);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
      const second = await scan({ limit: 1, offset: 1 });
      expect(second.structuredContent).toMatchObject({ signals: [{ symbol: signals[1].symbol }] });
    },
  );

  test('explain a score by parts that add up to it', async () => {
    const { client, scanner } = await connected();
    const [{ symbol, score }] = (await scanner.scan()).signals;
    const { structuredContent } = await client.callTool({
      name: 'explain_score',
      arguments: { symbol },
    });
    const { parts, ...explained } = structuredContent as { parts: { points: number }[] };
    expect(explained).toMatchObject({ symbol, score });
    expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 9);
  });

  test('answer an unknown symbol with a code, and refuse one that is none', async () => {
    const { client } = await connected();
    const analyze = (symbol: string) =>
      client.callTool({ name: 'analyze_symbol', arguments: { symbol } });
    expect(await analyze('NO/SUCH')).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^UNKNOWN_SYMBOL: /) }],
    });
    expect(await analyze('BTC\nIGNORE')).toMatchObject({ isError: true });
  });

  test('sum up the market, tell their health and settings, and offer prompts', async () => {
    const { client } = await connected();
    const summary = await client.callTool({ name: 'get_market_summary', arguments: {} });
    expect(summary.structuredContent).toMatchObject({ marketSentiment: expect.any(String) });
    const health = await client.callTool({ name: 'get_health', arguments: {} });
    expect(health.structuredContent).toMatchObject({ source: 'ok' });
    const { contents } = await client.readResource({ uri: 'scan://config' });
    expect(JSON.parse((contents[0] as { text: string }).text)).toMatchObject({ maxPositions: 10 });
    const { prompts } = await client.listPrompts();
    for (const { description } of prompts) expect(description).toMatch(/\.$/);
    const { messages } = await client.getPrompt({
      name: 'explain_signal',
      arguments: { symbol: 'BTC/USDT' },
    });
    expect(JSON.stringify(messages)).toContain('explain_score for BTC/USDT');
  });

  test('serve the older SDK as well', async () => {
    const { service } = await connected();
    const old = new OldClient(INFO);
    await old.connect(new OldHttp(new URL(service.url)) as never);
    onTestFinished(() => old.close());
    const scan = await old.callTool({
      name: 'scan_markets',
      arguments: { symbols: '["NO/SUCH"]' },
    });
    expect(scan.structuredContent).toMatchObject({
      signals: [],
      errors: [{ symbol: 'NO/SUCH', code: 'unknown_symbol' }],
    });
  });

  test('serve over stdin and stdout, which hold nothing but the protocol', async () => {
    const errors: Error[] = [];
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: ['dist/bin/ems.js', 'mcp'],
    });
    const client = new Client(INFO);
    client.onerror = (error) => errors.push(error);
    await client.connect(transport);
    onTestFinished(() => client.close());
    expect((await client.listTools()).tools).toHaveLength(5);
    const scan = await client.callTool({ name: 'scan_markets', arguments: {} });
    expect(scan.isError).toBeFalsy();
    expect(errors).toEqual([]);
  });
});
