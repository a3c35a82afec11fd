import { ScannerError } from '../../errors.js';
import { Breaker } from '../breaker.js';
import { ANALYST_TOOLS } from '../capability.js';
import { Connector } from './connector.js';
import { GuardedFetch } from './guarded-fetch.js';
import { LastingConnection } from './lasting-connection.js';
import type { ServerAddress } from './server-address.js';
import { toolContent } from './tool-content.js';
import { ToolPins } from './tool-pins.js';
import { untilAborted } from './until-aborted.js';

/** Where a peer stands: as its connection does, or `open` while it is left alone because it failed too often. */
export type PeerState = 'idle' | 'connecting' | 'ready' | 'lost' | 'open' | 'closed';

/** What guards the calls to a peer. */
export interface PeerOptions {
  /** Most bytes of one answer. */
  readonly maxBytes: number;
  readonly connectMs: number;
  readonly onState: (state: PeerState) => void;
}

/** One MCP server, whatever it does: every call ends with its signal, and one that fails too often is left alone for a while. */
export class Peer {
  readonly #guard: GuardedFetch;
  readonly #connection: LastingConnection;
  readonly #toolMap: Readonly<Record<string, string | undefined>>;
  readonly #token: string | undefined;
  readonly #onState: (state: PeerState) => void;
  readonly #breaker = new Breaker(Math.random);
  #told: PeerState = 'idle';

  /** @throws ScannerError `config` for an address that is none. */
  constructor(address: ServerAddress, { maxBytes, connectMs, onState }: PeerOptions) {
    this.#toolMap = address.toolMap ?? {};
    this.#token = address.token;
    this.#onState = onState;
    const onFlood = (reason: ScannerError): void => this.#connection.drop(reason);
    const onRateLimit = (ms: number): void => this.#breaker.rest(ms, Date.now());
    this.#guard = new GuardedFetch(maxBytes, { onRateLimit, onFlood });
    const options = { maxBytes, connectMs, onFlood, guard: this.#guard };
    const connector = new Connector(address, options);
    const pins = new ToolPins(ANALYST_TOOLS.map((name) => this.#theirNameOf(name)));
    this.#connection = new LastingConnection(connector, pins, () => this.#tell());
  }

  get state(): PeerState {
    const { state } = this.#connection;
    return state !== 'closed' && this.#breaker.isOpen(Date.now()) ? 'open' : state;
  }

  /** The tools the peer has, by the names they are called here. @throws ScannerError as {@link Peer.call} does. */
  async tools(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const tools = await this.#connection.use((connection) => connection.tools(signal), signal);
    const names = new Set(tools.map(({ name }) => name));
    const mapped = Object.keys(this.#toolMap).filter((name) => names.has(this.#theirNameOf(name)));
    return new Set([...names, ...mapped]);
  }

  /**
   * Makes one piece of work out of calls, which counts once for the breaker.
   *
   * @throws ScannerError what `work` throws; `ai_scorer` while the breaker is open.
   */
  async guarded<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.state === 'closed') throw new ScannerError('aborted', 'the scorer is closed');
    if (!this.#breaker.admits(Date.now())) throw leftAlone();
    try {
      const result = await work();
      this.#breaker.succeeded();
      return result;
    } catch (error) {
      if (isUsersAbort(signal) || isRateLimit(error)) this.#breaker.gaveUp();
      else this.#failed();
      throw error;
    } finally {
      this.#tell();
    }
  }

  /** Calls a tool that may be called twice. @throws ScannerError `network`, `timeout`, `bad_data`, `aborted` */
  call(
    name: string,
    args: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const question = { name: this.#theirNameOf(name), arguments: { ...args } };
    return this.#connection.use(
      ({ client }) =>
        this.#guard.guard(async (stream) => {
          const either = AbortSignal.any([stream, signal]);
          const call = client.callTool(question, { signal: either });
          return withoutToken(toolContent(await untilAborted(call, either)), this.#token);
        }),
      signal,
    );
  }

  /** Connects anew at once, however often the peer failed. @throws ScannerError `network`, `timeout`, `aborted` */
  async reconnect(signal: AbortSignal): Promise<void> {
    await this.#connection.reconnect(signal);
    this.#breaker.reset();
    this.#tell();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Who is left alone cannot talk on either: what an open connection brings costs time. */
  #failed(): void {
    this.#breaker.failed(Date.now());
    if (this.#breaker.isOpen(Date.now())) this.#connection.drop(leftAlone());
  }

  #theirNameOf(tool: string): string {
    return this.#toolMap[tool] ?? tool;
  }

  /** A breaker opens by itself and closes with time: whoever listens is told when the next question finds out. */
  #tell(): void {
    const { state } = this;
    if (state === this.#told) return;
    this.#told = state;
    this.#onState(state);
  }
}

/** Why a peer whose breaker is open is not asked. */
export function leftAlone(): ScannerError {
  return new ScannerError('ai_scorer', 'the server failed too often and is left alone a while');
}

/** An answer in whose texts the token is not repeated: they are shown and kept. */
function withoutToken(content: unknown, token: string | undefined): unknown {
  const text = JSON.stringify(content);
  if (!token || !text.includes(JSON.stringify(token).slice(1, -1))) return content;
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(token, '***') : value,
  );
}

function isUsersAbort(signal: AbortSignal): boolean {
  return signal.aborted && !(ScannerError.is(signal.reason) && signal.reason.code === 'timeout');
}

function isRateLimit(error: unknown): boolean {
  return ScannerError.is(error) && error.code === 'rate_limit';
}
