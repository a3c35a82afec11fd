import { createHash } from 'node:crypto';
import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { ScannerError } from '../../errors.js';
import { Breaker } from '../breaker.js';
import { Untrusted } from '../untrusted.js';
import { type Connection, Connector, isLostSession } from './connection.js';
import { GuardedFetch } from './guarded-fetch.js';
import type { ServerAddress } from './server-address.js';

/** Where a peer stands. */
export type PeerState = 'idle' | 'connecting' | 'ready' | 'lost' | 'open' | 'closed';

/** What guards the calls to a peer. */
export interface PeerOptions {
  /** Most bytes of one answer. */
  readonly maxBytes: number;
  readonly connectMs: number;
  /** Tools whose schemas may not change once they were seen. */
  readonly toolNames: readonly string[];
  readonly onState: (state: PeerState) => void;
}

/** One MCP server, whatever it does: every call ends with its signal, and one that fails too often is left alone for a while. */
export class Peer {
  readonly #options: PeerOptions;
  readonly #connector: Connector;
  readonly #guard: GuardedFetch;
  readonly #breaker = new Breaker(Math.random);
  readonly #pins = new Map<string, string>();
  #state: PeerState = 'idle';
  #connection: Promise<Connection> | undefined;

  /** @throws ScannerError `config` for an address that is none. */
  constructor(address: ServerAddress, options: PeerOptions) {
    this.#options = options;
    this.#guard = new GuardedFetch(options.maxBytes, (ms) => this.#breaker.rest(ms, Date.now()));
    this.#connector = new Connector(address, { ...options, guard: this.#guard });
  }

  get state(): PeerState {
    return this.#breaker.isOpen(Date.now()) ? 'open' : this.#state;
  }

  /** The tools the peer has. @throws ScannerError as {@link Peer.call} does. */
  async tools(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { tools } = await untilAborted(this.#connected(), signal);
    return new Set(tools.map(({ name }) => name));
  }

  /**
   * Makes one piece of work out of calls, which counts once for the breaker.
   *
   * @throws ScannerError what `work` throws; `ai_scorer` while the breaker is open.
   */
  async guarded<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#state === 'closed') throw new ScannerError('aborted', 'the scorer is closed');
    if (!this.#breaker.admits(Date.now())) {
      throw new ScannerError('ai_scorer', 'the server failed too often and is left alone a while');
    }
    try {
      const result = await work();
      this.#breaker.succeeded();
      return result;
    } catch (error) {
      if (isUsersAbort(signal) || isRateLimit(error)) this.#breaker.gaveUp();
      else this.#breaker.failed(Date.now());
      if (this.#breaker.isOpen(Date.now())) this.#options.onState('open');
      throw error;
    }
  }

  /** Calls a tool that may be called twice. @throws ScannerError `network`, `timeout`, `bad_data`, `aborted` */
  async call(
    name: string,
    args: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const connecting = this.#connected();
    const connection = await untilAborted(connecting, signal);
    try {
      return contentOf(await this.#callOn(connection, name, args, signal));
    } catch (error) {
      if (signal.aborted || !isLostSession(error)) throw asPeerError(error, signal);
    }
    this.#forget(connecting);
    connection.client.close().catch(() => undefined);
    const renewed = await untilAborted(this.#connected(), signal);
    try {
      return contentOf(await this.#callOn(renewed, name, args, signal));
    } catch (error) {
      throw asPeerError(error, signal);
    }
  }

  /** Connects anew at once, however often the peer failed. @throws ScannerError `network`, `timeout`, `aborted` */
  async reconnect(signal: AbortSignal): Promise<void> {
    if (this.#state === 'closed') throw new ScannerError('aborted', 'the scorer is closed');
    const before = this.#connection;
    this.#connection = undefined;
    before?.then(({ client }) => client.close()).catch(() => undefined);
    try {
      await untilAborted(this.#connected(), signal);
    } catch (error) {
      throw asPeerError(error, signal);
    }
    this.#breaker.reset();
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#enter('closed');
    const { client } = (await connection?.catch(() => undefined)) ?? {};
    await client?.close().catch(() => undefined);
  }

  async #callOn(
    { client }: Connection,
    name: string,
    args: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<CallToolResult> {
    return this.#guard.guard(async (stream) => {
      const either = AbortSignal.any([stream, signal]);
      const call = client.callTool({ name, arguments: { ...args } }, { signal: either });
      return untilAborted(call, either).catch((error: unknown) => {
        throw either.aborted ? either.reason : error;
      });
    });
  }

  /** One connection for all who ask; nobody's impatience stops it, so that the next scan finds it ready. */
  #connected(): Promise<Connection> {
    if (this.#connection !== undefined) return this.#connection;
    this.#enter('connecting');
    const lose = (): void => this.#forget(connection);
    const connection = this.#connector.connect(lose).then((made) => {
      this.#pin(made);
      if (this.#state === 'connecting') this.#enter('ready');
      return made;
    });
    this.#connection = connection;
    connection.catch(lose);
    return connection;
  }

  #pin({ client, tools }: Connection): void {
    for (const tool of tools) {
      if (!this.#options.toolNames.includes(tool.name)) continue;
      const seen = this.#pins.get(tool.name);
      const now = fingerprint(tool);
      if (seen !== undefined && seen !== now) {
        client.close().catch(() => undefined);
        throw new ScannerError('bad_data', `tool ${tool.name} is not the one it was at first`);
      }
      this.#pins.set(tool.name, now);
    }
  }

  /** Lets go of a connection, unless another has taken its place already. */
  #forget(connection: Promise<Connection>): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    if (this.#state !== 'closed') this.#enter('lost');
  }

  #enter(state: PeerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

// Descriptions may change: no code and no model reads them.
function fingerprint({ name, inputSchema, outputSchema }: Tool): string {
  const schemas = JSON.stringify([name, inputSchema, outputSchema]);
  return createHash('sha256').update(schemas).digest('hex');
}

/** The most of a text that is read as JSON. */
const MOST_TEXT = 1 << 20;

function contentOf({ isError, structuredContent, content }: CallToolResult): unknown {
  if (isError) throw new ScannerError('bad_data', 'the tool answered with an error');
  if (structuredContent !== undefined) return structuredContent;
  const [block] = content;
  if (block?.type !== 'text' || block.text.length > MOST_TEXT) {
    throw new ScannerError('bad_data', 'the tool answered with neither structure nor text');
  }
  try {
    return JSON.parse(block.text);
  } catch (cause) {
    throw new ScannerError('bad_data', 'the tool answered with text that is not JSON', { cause });
  }
}

function isUsersAbort(signal: AbortSignal): boolean {
  return signal.aborted && !(ScannerError.is(signal.reason) && signal.reason.code === 'timeout');
}

function isRateLimit(error: unknown): boolean {
  return ScannerError.is(error) && error.code === 'rate_limit';
}

function asPeerError(error: unknown, signal: AbortSignal): ScannerError {
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (ScannerError.is(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ScannerError('network', new Untrusted(message).shown(), { cause });
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    return Promise.reject(signal.reason);
  }
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
