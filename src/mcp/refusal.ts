import type { ServerResponse } from 'node:http';

/** Answers a request with a status and a reason, as the protocol words it. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  const error = { jsonrpc: '2.0', id: null, error: { code: -32_000, message } };
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...challenge });
  response.end(JSON.stringify(error));
}
