import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { type AnalystOptions, serveAnalyst } from '../../src/mcp/analyst/serve-analyst.js';
import type { AnalystEngine } from '../../src/mcp/analyst/statistical-engine.js';
import type { HttpOptions, HttpService } from '../../src/mcp/http.js';
import { type McpScorer, mcpScorer } from '../../src/mcp/scorer/mcp-scorer.js';
import type { PeerState } from '../../src/mcp/scorer/peer.js';
import {
  type McpScorerOptions,
  scorerOptionsFromEnv,
} from '../../src/mcp/scorer/scorer-options.js';
import { ems, folderOf } from '../cli/ems.js';
import { scannerWith, signalOf } from './market.js';
import { oldHttpAnalyst } from './old-analyst.js';

async function analyst(options: Partial<HttpOptions & AnalystOptions> = {}): Promise<HttpService> {
  const service = await serveAnalyst({ port: 0, ...options });
  onTestFinished(() => service.close());
  return service;
}

function scorer(options: McpScorerOptions): McpScorer {
  const made = mcpScorer({ deadlineMs: 10_000, ...options });
  onTestFinished(() => made.close());
  return made;
}

describe('a scorer with an analyst', () => {
  test('moves scores within bounds, by entries that add up, and leaves base scores as they are', async () => {
    const { url } = await analyst();
    await using plain = scannerWith();
    await using scanner = scannerWith(scorer({ serverUrl: url }));
    const base = new Map((await plain.scan()).signals.map((signal) => [signal.symbol, signal]));
    const { signals, ai } = await scanner.scan();
    expect(ai).toBe('applied');
    expect(signals.length).toBeGreaterThan(0);
    expect(signals.some(({ score, baseScore }) => score !== baseScore)).toBe(true);
    for (const { symbol, score, baseScore, direction, stopLoss, ledger } of signals) {
      const before = base.get(symbol);
      if (before !== undefined)
        expect([baseScore, direction, stopLoss]).toEqual([
          before.score,
          before.direction,
          before.stopLoss,
        ]);
      expect(Math.abs(score - baseScore)).toBeLessThanOrEqual(0.1 + 1e-9);
      expect(ledger.at(-1)).toMatchObject({ kind: 'ai', id: 'mcp' });
      expect(ledger.reduce((sum, { microPoints }) => sum + microPoints, 0)).toBe(score * 1e6);
    }
  });

  test('asks over stdio what it asks over HTTP', async () => {
    const { url } = await analyst();
    const command = [process.execPath, 'dist/bin/ems.js', 'analyst', '--stdio'];
    const signals = [signalOf('A/USDT'), signalOf('B/USDT', { direction: 'short' })];
    const [http, stdio] = await Promise.all(
      [{ serverUrl: url }, { command }].map((address) => scorer(address).review(signals)),
    );
    expect(stdio).toEqual(http);
    expect(http.size).toBe(2);
  });

  test('is asked by the command line that the environment names it to', { retry: 2 }, async () => {
    const { url } = await analyst();
    const { code, stdout } = await ems(['scan', '--json'], { MCP_SERVER_URL: url });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ai: 'applied' });
  });

  test('that is not heard is told of by the command line', async () => {
    const { code, stderr } = await ems(['scan'], { MCP_SERVER_URL: 'http://127.0.0.1:9' });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^ems: scores are without a second opinion: mcp: cannot connect/m);
  });

  test('bears its token, and without the right one is refused', async () => {
    const { url } = await analyst({ token: 'right' });
    const signals = [signalOf('A/USDT')];
    expect((await scorer({ serverUrl: url, token: 'right' }).review(signals)).size).toBe(1);
    await expect(scorer({ serverUrl: url, token: 'wrong' }).review(signals)).rejects.toThrow(/401/);
  });

  test('finds the endpoint below the address', async () => {
    const { url } = await analyst();
    const serverUrl = url.replace(/\/mcp$/, '');
    expect((await scorer({ serverUrl }).review([signalOf('A/USDT')])).size).toBe(1);
  });

  test('connects again after the server was restarted', async () => {
    const first = await serveAnalyst({ port: 0 });
    const port = Number(new URL(first.url).port);
    const states: PeerState[] = [];
    const asking = scorer({ serverUrl: first.url, onState: ({ state }) => states.push(state) });
    expect((await asking.review([signalOf('A/USDT')])).size).toBe(1);
    await first.close();
    await expect(asking.review([signalOf('B/USDT', { bias: 0.1 })])).rejects.toThrow();
    await analyst({ port });
    expect((await asking.review([signalOf('C/USDT', { bias: 0.2 })])).size).toBe(1);
    expect(states).toContain('ready');
    expect(asking.health()).toEqual(['ready']);
  });

  test('that failed too often is asked again at once when it is told to connect anew', async () => {
    const first = await serveAnalyst({ port: 0 });
    const port = Number(new URL(first.url).port);
    const asking = scorer({ serverUrl: first.url });
    await first.close();
    const asked = (bias: number) => asking.review([signalOf('A/USDT', { bias })]);
    for (let i = 0; i < 5; i++) await expect(asked(i / 10)).rejects.toThrow();
    expect(asking.health()).toEqual(['open']);
    await expect(asking.reconnect()).rejects.toThrow();
    await analyst({ port });
    await expect(asked(0.6)).rejects.toThrow('left alone');
    await asking.reconnect();
    expect(asking.health()).toEqual(['ready']);
    expect((await asked(0.6)).size).toBe(1);
  });

  test('takes the median of three servers, and a quorum that fails counts as not answered', async () => {
    const services = await Promise.all([analyst(), analyst(), analyst()]);
    const servers = services.map(({ url }) => ({ serverUrl: url }));
    const dead = { serverUrl: 'http://127.0.0.1:9' };
    const signals = [signalOf('A/USDT')];
    expect((await scorer({ servers }).review(signals)).size).toBe(1);
    const lonely = scorer({ servers: [servers[0], dead, dead] }).review(signals);
    await expect(lonely).rejects.toMatchObject({ name: 'ScannerError' });
  });

  test('does not wait when it is not in real time: the first scan has no answers, a later one has', async () => {
    const { url } = await analyst();
    const lazy = scorer({ serverUrl: url, realTimeProcessing: false });
    const signals = [signalOf('A/USDT')];
    expect((await lazy.review(signals)).size).toBe(0);
    await expect.poll(async () => (await lazy.review(signals)).size, { timeout: 5_000 }).toBe(1);
  });

  test('says when it is not in real time that the asking failed', async () => {
    const lazy = scorer({ serverUrl: 'http://127.0.0.1:9', realTimeProcessing: false });
    const signals = [signalOf('A/USDT')];
    expect((await lazy.review(signals)).size).toBe(0);
    const failed = (): Promise<boolean> => lazy.review(signals).then(() => false, ScannerError.is);
    await expect.poll(failed, { timeout: 5_000 }).toBe(true);
  });

  test('keeps no opinion on a long for a short when it is not in real time', async () => {
    const { url } = await analyst();
    const lazy = scorer({ serverUrl: url, realTimeProcessing: false });
    const long = [signalOf('A/USDT')];
    await expect.poll(async () => (await lazy.review(long)).size, { timeout: 5_000 }).toBe(1);
    expect((await lazy.review([{ ...long[0], direction: 'short' }])).size).toBe(0);
  });

  test('sends aliases and relative closes unless symbols are disclosed', async () => {
    const asked: string[] = [];
    const { recordingAnalyst } = await import('./recording-analyst.js');
    const service = await recordingAnalyst(asked);
    onTestFinished(() => service.close());
    await scorer({ serverUrl: service.url }).review([signalOf('SECRET/USDT')]);
    expect(asked.join()).not.toContain('SECRET');
    expect(asked.join()).toContain('"S1"');
    await scorer({ serverUrl: service.url, discloseSymbols: true }).review([
      signalOf('SECRET/USDT'),
      signalOf('BAD\nNAME'),
    ]);
    expect(asked.join()).toContain('SECRET/USDT');
    expect(asked.join()).not.toContain('NAME');
  });

  test('asks an unchanged question once', async () => {
    const asked: string[] = [];
    const { recordingAnalyst } = await import('./recording-analyst.js');
    const service = await recordingAnalyst(asked);
    onTestFinished(() => service.close());
    const asking = scorer({ serverUrl: service.url });
    const signals = [signalOf('A/USDT')];
    await Promise.all([asking.review(signals), asking.review(signals)]);
    await asking.review(signals);
    expect(asked).toHaveLength(1);
  });
});

describe('a program as a server', () => {
  /** Has a program killed in the middle of a call, and asks it again. */
  async function killed() {
    const memory = join(folderOf({}), 'killed');
    const command = [process.execPath, 'test/mcp/dying-analyst.mjs', memory];
    const asking = scorer({ command, deadlineMs: 30_000, connectMs: 30_000 });
    await expect(asking.review([signalOf('A/USDT')])).rejects.toMatchObject({ code: 'network' });
    const heardAt = Date.now();
    expect((await asking.review([signalOf('B/USDT')])).size).toBe(1);
    const { environment, killedAt } = JSON.parse(readFileSync(memory, 'utf8'));
    return { environment, heardAfterMs: heardAt - killedAt };
  }

  test('that is killed in the middle of a call is started again for the next, and sees nothing of this process', async () => {
    vi.stubEnv('EXCHANGE_SECRET', 'secret');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { environment } = await killed();
    expect(environment).toContain('PATH');
    expect(environment).not.toContain('EXCHANGE_SECRET');
  });

  test('that is killed in the middle of a call is an error within 50 milliseconds', async () => {
    // Other work on the machine can delay one of them.
    const delays = [await killed(), await killed(), await killed()];
    expect(Math.min(...delays.map(({ heardAfterMs }) => heardAfterMs))).toBeLessThan(50);
  });
});

describe('many questions', () => {
  test('go out in batches of 30, two at once', async () => {
    const server = await oldHttpAnalyst();
    const signals = Array.from({ length: 60 }, (_, i) => signalOf(`S${i}/USDT`, { bias: i / 60 }));
    expect((await scorer({ serverUrl: server.url }).review(signals)).size).toBe(60);
    expect(server.batches.toSorted((a, b) => b - a)).toEqual([30, 30]);
    expect(server.mostAtOnce).toBe(2);
  });
});

describe('a caller who cancels', () => {
  const INFO = { name: 'peer', version: '1' };

  /** An analyst that never answers, and the signals of those who wait for it. */
  async function waiting(): Promise<{ url: string; signals: AbortSignal[] }> {
    const signals: AbortSignal[] = [];
    const answer: AnalystEngine['answer'] = (_, __, signal) => {
      if (signal !== undefined) signals.push(signal);
      return new Promise(() => undefined);
    };
    return { url: (await analyst({ engine: { answer } })).url, signals };
  }

  test('stops the work of the server through the scorer', async () => {
    const { url, signals } = await waiting();
    const cancelling = new AbortController();
    const { signal } = cancelling;
    const review = scorer({ serverUrl: url }).review([signalOf('A/USDT')], { signal });
    const refused = expect(review).rejects.toMatchObject({ code: 'aborted' });
    await expect.poll(() => signals.length).toBe(1);
    cancelling.abort();
    await refused;
    await expect.poll(() => signals[0].aborted).toBe(true);
  });

  const MODES: ['legacy' | { pin: string }][] = [['legacy'], [{ pin: '2026-07-28' }]];

  /** Makes a call and takes it back once the server works on it; gives the moment of that. */
  async function cancelled(client: Client, isAsked: () => boolean): Promise<number> {
    const cancelling = new AbortController();
    const question = { symbol: 'A', timeframe: '1h', closes: [1, 2] };
    const call = client.callTool(
      { name: 'market_regime', arguments: question },
      { signal: cancelling.signal },
    );
    const refused = expect(call).rejects.toThrow();
    await expect.poll(isAsked, { timeout: 10_000 }).toBe(true);
    const begin = Date.now();
    cancelling.abort();
    await refused;
    return begin;
  }

  test.each(MODES)('stops the work of the server over HTTP within 300 ms (%j)', async (mode) => {
    const { url, signals } = await waiting();
    const client = new Client(INFO, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    onTestFinished(() => client.close());
    const took: number[] = [];
    // The machine may be busy once; it is not three times.
    for (let i = 0; i < 3; i++) {
      let end = 0;
      const begin = await cancelled(client, () => {
        signals[i]?.addEventListener('abort', () => {
          end = Date.now();
        });
        return signals[i] !== undefined;
      });
      await expect.poll(() => end).toBeGreaterThan(0);
      took.push(end - begin);
    }
    expect(Math.min(...took)).toBeLessThan(300);
  });

  test.each(MODES)('stops the work of a program within 300 ms (%j)', async (mode) => {
    const memory = join(folderOf({ memory: '' }), 'memory');
    const args = ['--import', 'tsx', 'test/mcp/waiting-analyst.ts', memory];
    const client = new Client(INFO, { versionNegotiation: { mode } });
    await client.connect(new StdioClientTransport({ command: process.execPath, args }), {
      timeout: 30_000,
    });
    onTestFinished(() => client.close());
    const lines = (word: string): string[] =>
      readFileSync(memory, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(word));
    const took: number[] = [];
    for (let i = 0; i < 3; i++) {
      const begin = await cancelled(client, () => lines('asked').length > i);
      await expect.poll(() => lines('given up').length).toBe(i + 1);
      took.push(Number(lines('given up')[i].split(' ')[2]) - begin);
    }
    expect(Math.min(...took)).toBeLessThan(300);
  });
});

describe('options', () => {
  test.each<[string, McpScorerOptions, RegExp]>([
    ['no server', {}, /needs either serverUrl or command/],
    ['two addresses', { serverUrl: 'http://localhost', command: ['x'] }, /either serverUrl or/],
    ['no URL', { serverUrl: 'localhost' }, /must be an http URL/],
    ['a password in the URL', { serverUrl: 'http://u:p@localhost' }, /must hold no password/],
    ['a far server without https', { serverUrl: 'http://example.com' }, /must be https/],
    [
      'an unknown capability',
      { serverUrl: 'http://localhost', capabilities: ['luck' as never] },
      /capabilities/,
    ],
    ['no such protocol', { serverUrl: 'http://localhost', protocol: '2024' as never }, /protocol/],
    [
      'a map of no such tool',
      { serverUrl: 'http://localhost', toolMap: { luck: 'x' } as never },
      /toolMap/,
    ],
    ['a line of shell for a program', { command: 'npx analyst' as never }, /command/],
    ['an unreachable quorum', { serverUrl: 'http://localhost', quorum: 2 }, /quorum/],
  ])('with %s are refused', (_, options, message) => {
    expect(() => mcpScorer(options)).toThrow(message);
  });

  test('come from the environment of the original system', () => {
    expect(scorerOptionsFromEnv({})).toBeUndefined();
    expect(
      scorerOptionsFromEnv({
        MCP_SERVER_URL: 'http://localhost:8811',
        MCP_MODELS: 'claude-3-haiku, claude-3-sonnet',
      }),
    ).toEqual({
      serverUrl: 'http://localhost:8811',
      models: ['claude-3-haiku', 'claude-3-sonnet'],
    });
    const prefixed = scorerOptionsFromEnv({
      MCP_SERVER_URL: 'http://localhost:8811',
      MCP_TOOL_PREFIX: 'stats__',
    });
    expect(prefixed?.toolMap).toMatchObject({ analyze_batch: 'stats__analyze_batch' });
  });
});
