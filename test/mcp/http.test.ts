import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serveAnalyst } from '../../src/mcp/analyst/serve-analyst.js';
import type { HttpOptions, HttpService } from '../../src/mcp/http.js';

async function served(options: Partial<HttpOptions> = {}): Promise<HttpService> {
  const service = await serveAnalyst({ port: 0, ...options });
  onTestFinished(() => service.close());
  return service;
}

const LEGACY_HELLO = JSON.stringify({
  ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
  params: {
    ...{ protocolVersion: '2025-06-18', capabilities: {} },
    clientInfo: { name: 'test', version: '1' },
  },
});

interface Reply {
  readonly status: number | undefined;
  readonly session: string | undefined;
}

/** A request as it goes over the wire: `fetch` would not send a foreign Host. */
function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
      },
      (response) => {
        response.resume();
        const session = response.headers['mcp-session-id'];
        resolve({ status: response.statusCode, session: session?.toString() });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('a server over HTTP', () => {
  test('greets clients of the protocol of 2025', async () => {
    const { url } = await served();
    const { status, session } = await post(url, LEGACY_HELLO);
    expect(status).toBe(200);
    expect(session).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ['Host', { host: 'evil.example' }],
    ['Origin', { origin: 'https://evil.example' }],
  ])('refuses a foreign %s, as a page that rebinds its name would send', async (_, headers) => {
    const { url } = await served();
    expect((await post(url, LEGACY_HELLO, headers)).status).toBe(403);
  });

  test('is known by the names it is told', async () => {
    const { url } = await served({ allowedHosts: ['analyst'] });
    expect((await post(url, LEGACY_HELLO, { host: 'analyst:8812' })).status).toBe(200);
  });

  test('lets in who bears the token', async () => {
    const { url } = await served({ token: 'right' });
    expect((await post(url, LEGACY_HELLO)).status).toBe(401);
    expect((await post(url, LEGACY_HELLO, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await post(url, LEGACY_HELLO, { authorization: 'Bearer right' })).status).toBe(200);
  });

  test('does not listen beyond this machine without a token', async () => {
    await expect(serveAnalyst({ port: 0, host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'config',
    });
  });

  test('says what it cannot do when its port is taken', async () => {
    const { url } = await served();
    const port = Number(new URL(url).port);
    await expect(serveAnalyst({ port })).rejects.toMatchObject({ code: 'network' });
  });

  test('refuses a body that is too large, is no JSON, or goes elsewhere', async () => {
    const { url } = await served({ maxBodyBytes: 1_000 });
    expect((await post(url, 'x'.repeat(2_000))).status).toBe(413);
    expect((await post(url, '{')).status).toBe(400);
    expect((await post(new URL('/other', url).href, LEGACY_HELLO)).status).toBe(404);
  });

  test('refuses a body that is too large and never says how large it is', async () => {
    const { url } = await served({ maxBodyBytes: 1_000 });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(url, { method: 'POST' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      // Written in two pieces and without a length, so it goes out in chunks.
      sent.write('x'.repeat(800));
      sent.write('x'.repeat(800));
    });
    expect(status).toBe(413);
  });

  test('beyond this machine answers by the names it is told, to who bears the token', async () => {
    const { url } = await served({ host: '0.0.0.0', token: 'right', allowedHosts: ['analyst'] });
    const near = url.replace('0.0.0.0', '127.0.0.1');
    const authorization = 'Bearer right';
    expect((await post(near, LEGACY_HELLO, { host: 'analyst:1', authorization })).status).toBe(200);
    expect((await post(near, LEGACY_HELLO, { host: 'analyst:1' })).status).toBe(401);
    expect((await post(near, LEGACY_HELLO, { host: 'evil.example', authorization })).status).toBe(
      403,
    );
  });

  test('does not know a session that is over', async () => {
    const { url } = await served();
    const list = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
    expect((await post(url, list, { 'mcp-session-id': 'gone' })).status).toBe(404);
  });

  test('keeps so many sessions and no more, however many come at once', async () => {
    const service = await served({ maxSessions: 2 });
    const hellos = Array.from({ length: 12 }, () => post(service.url, LEGACY_HELLO));
    const statuses = (await Promise.all(hellos)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, ...Array.from({ length: 10 }, () => 503)]);
    expect(service.sessions).toBe(2);
  });

  test('gives no session to who does not say hello', async () => {
    const service = await served({ maxSessions: 1 });
    const list = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
    for (let i = 0; i < 3; i++) expect((await post(service.url, list)).status).toBe(400);
    expect((await post(service.url, LEGACY_HELLO)).status).toBe(200);
    expect(service.sessions).toBe(1);
  });

  test('keeps so many sessions and no more, and closes those nobody uses', async () => {
    const service = await served({ maxSessions: 2, idleMs: 40 });
    const first = await Promise.all([
      post(service.url, LEGACY_HELLO),
      post(service.url, LEGACY_HELLO),
    ]);
    expect(first.map(({ status }) => status)).toEqual([200, 200]);
    expect((await post(service.url, LEGACY_HELLO)).status).toBe(503);
    await expect.poll(() => service.sessions).toBe(0);
    expect((await post(service.url, LEGACY_HELLO)).status).toBe(200);
  });
});
