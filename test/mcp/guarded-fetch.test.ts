import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { GuardedFetch } from '../../src/mcp/scorer/guarded-fetch.js';

test.each([600, 999])('an answer of status %i without end leaves no connection', async (status) => {
  let answered: ServerResponse | undefined;
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/event-stream' }).write('data: 1');
    answered = response;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ignored = { onRateLimit: () => undefined, onFlood: () => undefined };
  try {
    const { fetch } = new GuardedFetch(1 << 20, ignored);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
    if (answered?.destroyed === false) await once(answered, 'close');
    expect(answered?.destroyed).toBe(true);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
