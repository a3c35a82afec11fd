import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it reached the stand-in. */
export interface MessagesRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly system: string;
  readonly messages: readonly { readonly content: string }[];
  readonly output_config: { readonly format: { readonly type: string; readonly schema: object } };
}

export interface StandInAnthropic {
  readonly baseUrl: string;
  readonly requests: readonly MessagesRequest[];
  /** What requests bore as authorization. */
  readonly keys: ReadonlySet<string>;
}

/** Answers a request in whatever way. */
export type Reply = (response: ServerResponse, request: MessagesRequest) => void;

/** A stand-in of the Anthropic Messages API on this machine: no model, and nothing of theirs but the shape of requests and answers. */
export async function standInAnthropic(reply: Reply): Promise<StandInAnthropic> {
  const requests: MessagesRequest[] = [];
  const keys = new Set<string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.url !== '/v1/messages') return void response.writeHead(404).end();
    const body = JSON.parse(Buffer.concat(chunks).toString()) as MessagesRequest;
    requests.push(body);
    keys.add(String(request.headers.authorization));
    reply(response, body);
  });
  await new Promise<void>((bound) => server.listen(0, '127.0.0.1', bound));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, requests, keys };
}

/** An answer with a text, as the API gives it. */
export function saying(text: string, usage = { input_tokens: 900, output_tokens: 100 }): Reply {
  return (response, { model }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        ...{ id: 'msg_1', type: 'message', role: 'assistant', model, usage },
        ...{ stop_reason: 'end_turn', stop_sequence: null, content: [{ type: 'text', text }] },
      }),
    );
  };
}
