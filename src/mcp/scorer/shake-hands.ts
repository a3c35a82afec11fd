import {
  Client,
  type JsonSchemaValidator,
  type PriorDiscovery,
  type Transport,
} from '@modelcontextprotocol/client';
import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import { Connection } from './connection.js';
import { ProgramTransport } from './program-transport.js';
import type { Protocol } from './server-address.js';
import { shortenResults } from './shorten.js';

/** How the client negotiates each revision of the protocol. */
const NEGOTIATION: Readonly<Record<Protocol, 'auto' | 'legacy' | { pin: string }>> = {
  auto: 'auto',
  '2025': 'legacy',
  '2026': { pin: '2026-07-28' },
};

/** What a handshake is made by. */
export interface HandshakeTerms {
  readonly protocol: Protocol;
  /** What the server is known to speak. */
  readonly prior?: PriorDiscovery | undefined;
  readonly connectMs: number;
  readonly signal: AbortSignal;
}

/**
 * Greets a server, by a client of its own: one that failed may not be used again.
 *
 * @throws what the client throws; ScannerError `timeout`, `aborted`
 */
export async function shakeHands(
  transport: Transport,
  { protocol, prior, connectMs, signal }: HandshakeTerms,
): Promise<Connection> {
  // A program's silence at the first question may mean the older protocol: half of the time is left for that.
  const probeMs = transport instanceof ProgramTransport ? connectMs / 2 : connectMs;
  const client = new Client(
    { name: 'enhanced-market-scanner', version: '1' },
    {
      // No capability is declared: a server can ask for no model, no file and no form.
      capabilities: {},
      versionNegotiation: { mode: NEGOTIATION[protocol], probe: { timeoutMs: probeMs } },
      // The peer's schemas are never run: a pattern of 34 letters has stopped an event loop for 96 seconds.
      jsonSchemaValidator: { getValidator: acceptAnything },
    },
  );
  shortenResults(transport);
  const greet = async (within: AbortSignal): Promise<Connection> => {
    const options = { signal: within, timeout: connectMs };
    await client.connect(transport, { ...options, ...(prior && { prior }) });
    const { tools } = await client.listTools(undefined, options);
    return new Connection(client, tools, connectMs);
  };
  try {
    const what = 'the handshake';
    return await withDeadline(greet, { ms: connectMs, timers: systemTimers, what, signal });
  } catch (error) {
    // Who does not answer a greeting may not heed the end of its input either.
    if (transport instanceof ProgramTransport) transport.kill();
    // Nobody waits for a goodbye that may never come.
    client.close().catch(() => undefined);
    transport.close().catch(() => undefined);
    throw error;
  }
}

function acceptAnything<T>(): JsonSchemaValidator<T> {
  return (input) => ({ valid: true, data: input as T, errorMessage: undefined });
}
