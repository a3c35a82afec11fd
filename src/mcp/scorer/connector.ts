import {
  Client,
  type JsonSchemaValidator,
  type PriorDiscovery,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { quote, ScannerError } from '../../errors.js';
import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import { Connection } from './connection.js';
import type { GuardedFetch } from './guarded-fetch.js';
import { type Endpoint, endpointsOf, type Protocol, type ServerAddress } from './server-address.js';

/** How connections are made. */
export interface ConnectOptions {
  readonly guard: GuardedFetch;
  readonly maxBytes: number;
  readonly connectMs: number;
}

/** Statuses that say that something else lives at an address; with any other the right server has trouble. */
const WRONG_ADDRESS: ReadonlySet<number> = new Set([400, 404, 405, 406, 415]);

/** How often streams of one connection are taken up again where they broke off, and how soon at the earliest. */
const MOST_RESUMPTIONS = 100;
const LEAST_RESUMPTION_MS = 100;

/** How the client negotiates each revision of the protocol. */
const NEGOTIATION: Readonly<Record<Protocol, 'auto' | 'legacy' | { pin: string }>> = {
  auto: 'auto',
  '2025': 'legacy',
  '2026': { pin: '2026-07-28' },
};

/** Connects to one server, by the ways its address leaves open, and remembers the one that worked. */
export class Connector {
  readonly #address: ServerAddress;
  readonly #options: ConnectOptions;
  #endpoints: readonly Endpoint[];
  /** What a program was found to speak: to ask it again it would have to be started twice. */
  #spoken: PriorDiscovery | undefined;

  /** @throws ScannerError `config` for an address that is none. */
  constructor(address: ServerAddress, options: ConnectOptions) {
    const { serverUrl, command } = address;
    if ((serverUrl === undefined) === (command === undefined)) {
      throw new ScannerError('config', 'a server needs either serverUrl or command');
    }
    if (command !== undefined && command.length === 0) {
      throw new ScannerError('config', 'command must name a program, was empty');
    }
    this.#address = address;
    this.#options = options;
    this.#endpoints = serverUrl === undefined ? [] : endpointsOf(serverUrl);
  }

  /**
   * Makes a connection.
   *
   * @param onClose - Called when the peer goes away.
   * @throws ScannerError `network` saying why the server could not be reached; the signal's reason when it aborts.
   */
  async connect(onClose: () => void, signal: AbortSignal): Promise<Connection> {
    const { command } = this.#address;
    try {
      const connection = await (command === undefined
        ? this.#byAddress(signal)
        : this.#byCommand(command, signal));
      connection.client.onclose = onClose;
      return connection;
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      // No cause: it holds what the server sent, and a server may send back the token it was shown.
      throw new ScannerError('network', `cannot connect: ${this.#reasonOf(cause)}`);
    }
  }

  /** What a server said, without the token it was shown. */
  hideSecret(text: string): string {
    const { token } = this.#address;
    return token ? text.replaceAll(token, '***') : text;
  }

  #reasonOf(error: unknown): string {
    const status = error instanceof SdkHttpError ? error.status : undefined;
    if (error instanceof UnauthorizedError || status === 401) {
      return 'the server refused the token, or wants one (401)';
    }
    if (status !== undefined) return `the server answers with status ${status}`;
    return error instanceof Error ? quote(this.hideSecret(error.message)) : quote(error);
  }

  async #byAddress(signal: AbortSignal): Promise<Connection> {
    let failure: unknown;
    for (const endpoint of this.#endpoints) {
      try {
        const connection = await this.#open(this.#http(endpoint), signal, 'auto');
        this.#endpoints = [endpoint];
        return connection;
      } catch (error) {
        failure ??= error;
        if (!livesElsewhere(error)) throw error;
      }
    }
    throw failure;
  }

  async #byCommand(command: readonly string[], signal: AbortSignal): Promise<Connection> {
    const spoken = this.#spoken;
    this.#spoken = undefined;
    const connection = await this.#open(this.#stdio(command), signal, '2025', spoken);
    const discover = connection.client.getDiscoverResult();
    this.#spoken = discover === undefined ? { kind: 'legacy' } : { kind: 'modern', discover };
    return connection;
  }

  /** Every attempt takes a client of its own: one that failed may not be used again. */
  async #open(
    transport: Transport,
    signal: AbortSignal,
    usual: Protocol,
    prior?: PriorDiscovery,
  ): Promise<Connection> {
    const { connectMs } = this.#options;
    const client = new Client(
      { name: 'enhanced-market-scanner', version: '1' },
      {
        // No capability is declared: a server can ask for no model, no file and no form.
        capabilities: {},
        versionNegotiation: {
          mode: NEGOTIATION[this.#address.protocol ?? usual],
          // A program's silence at the first question may mean the older protocol: half of the time is left for that.
          probe: { timeoutMs: this.#address.command === undefined ? connectMs : connectMs / 2 },
        },
        // The peer's schemas are never run: a pattern of 34 letters has stopped an event loop for 96 seconds.
        jsonSchemaValidator: { getValidator: acceptAnything },
      },
    );
    const open = async (within: AbortSignal): Promise<Connection> => {
      const options = { signal: within, timeout: connectMs };
      await client.connect(transport, { ...options, ...(prior && { prior }) });
      const { tools } = await client.listTools(undefined, options);
      return new Connection(client, tools, connectMs);
    };
    const what = 'the handshake';
    try {
      return await withDeadline(open, { ms: connectMs, timers: systemTimers, what, signal });
    } catch (error) {
      // Who does not answer a greeting may not heed the end of its input either.
      if (transport instanceof StdioClientTransport) endProcess(transport.pid);
      // Nobody waits for a goodbye that may never come.
      client.close().catch(() => undefined);
      transport.close().catch(() => undefined);
      throw error;
    }
  }

  #http({ transport, url }: Endpoint): Transport {
    const { token } = this.#address;
    const { fetch } = this.#options.guard;
    const options = {
      fetch,
      // A provider of tokens alone: a hostile challenge cannot send it anywhere.
      ...(token !== undefined && { authProvider: { token: async () => token } }),
    };
    if (transport === 'sse') return new SSEClientTransport(url, options);
    let resumptions = MOST_RESUMPTIONS;
    return new StreamableHTTPClientTransport(url, {
      ...options,
      // The client counts attempts anew after each that succeeds; a server could keep it at that for ever.
      reconnectionScheduler(resume, delayMs) {
        if (resumptions-- <= 0) return undefined;
        const timer = setTimeout(resume, Math.max(LEAST_RESUMPTION_MS, delayMs)).unref();
        return () => clearTimeout(timer);
      },
    });
  }

  #stdio([command, ...args]: readonly string[]): StdioClientTransport {
    // Without `env` the child gets HOME, PATH and the like: keys of exchanges stay here.
    const maxBufferSize = this.#options.maxBytes;
    return new StdioClientTransport({ command, args, stderr: 'ignore', maxBufferSize });
  }
}

function acceptAnything<T>(): JsonSchemaValidator<T> {
  return (input) => ({ valid: true, data: input as T, errorMessage: undefined });
}

/** Whether an error says that the session is over while the server is there. */
export function isLostSession(error: unknown): boolean {
  return error instanceof SdkHttpError && error.status === 404;
}

function endProcess(pid: number | null): void {
  try {
    if (pid !== null) process.kill(pid);
  } catch {
    // It has ended already.
  }
}

function livesElsewhere(error: unknown): boolean {
  if (error instanceof SdkHttpError) return WRONG_ADDRESS.has(error.status);
  if (error instanceof SdkError && error.code === SdkErrorCode.EraNegotiationFailed) return true;
  // What answers with a page instead of the protocol, or with an event stream that is none.
  return error instanceof Error && /content.?type|Non-200|status code \(4/i.test(error.message);
}
