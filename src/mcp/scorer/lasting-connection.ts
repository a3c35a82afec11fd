import { ScannerError } from '../../errors.js';
import { Untrusted } from '../untrusted.js';
import { isLostSession } from './connect-failure.js';
import type { Connection } from './connection.js';
import type { Connector } from './connector.js';
import type { ToolPins } from './tool-pins.js';
import { untilAborted } from './until-aborted.js';

/** Where a connection stands. */
export type ConnectionState = 'idle' | 'connecting' | 'ready' | 'lost' | 'closed';

/** A connection, or the way to one. */
interface Attempt {
  readonly connection: Promise<Connection>;
  readonly stop: AbortController;
}

/** A connection to one server that is made when it is needed, and made anew after it was lost. */
export class LastingConnection {
  readonly #connector: Connector;
  readonly #pins: ToolPins;
  readonly #onState: () => void;
  #state: ConnectionState = 'idle';
  #attempt: Attempt | undefined;

  /** @param onState - Hears that the state may have changed. */
  constructor(connector: Connector, pins: ToolPins, onState: () => void) {
    this.#connector = connector;
    this.#pins = pins;
    this.#onState = onState;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /**
   * Does something on the connection, and once more on a new one when the server has forgotten the session.
   *
   * @throws ScannerError `network`, `timeout`, `aborted`; `bad_data` when a tool is not the one it was.
   */
  async use<T>(work: (connection: Connection) => Promise<T>, signal: AbortSignal): Promise<T> {
    const attempt = this.#connected();
    try {
      return await this.#useTrusted(attempt, work, signal);
    } catch (error) {
      if (signal.aborted || !isLostSession(error)) throw this.#asPeerError(error, signal);
      // Whatever else is under way on the session hears the same, and is tried again as well.
      this.#forget(attempt, error);
    }
    try {
      return await this.#useTrusted(this.#connected(), work, signal);
    } catch (error) {
      throw this.#asPeerError(error, signal);
    }
  }

  /** Connects anew at once. @throws ScannerError `network`, `timeout`, `aborted` */
  async reconnect(signal: AbortSignal): Promise<void> {
    const before = this.#attempt;
    this.#attempt = undefined;
    const attempt = this.#connected();
    if (before !== undefined) end(before, lost()).catch(() => undefined);
    try {
      await untilAborted(attempt.connection, signal);
    } catch (error) {
      throw this.#asPeerError(error, signal);
    }
  }

  /** Ends the connection, if there is one: what is under way on it fails with the reason, and the next use connects anew. */
  drop(reason: ScannerError): void {
    if (this.#attempt !== undefined) this.#forget(this.#attempt, reason);
  }

  async close(): Promise<void> {
    const attempt = this.#attempt;
    this.#attempt = undefined;
    this.#enter('closed');
    if (attempt !== undefined) await end(attempt, isClosed());
  }

  async #useTrusted<T>(
    attempt: Attempt,
    work: (connection: Connection) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const connection = await untilAborted(attempt.connection, signal);
    const tools = await connection.tools(signal);
    try {
      this.#pins.check(tools);
    } catch (error) {
      this.#forget(attempt, error);
      throw error;
    }
    return untilAborted(work(connection), attempt.stop.signal);
  }

  /** One connection for all who ask; nobody's impatience stops it, so that the next scan finds it ready. */
  #connected(): Attempt {
    if (this.#state === 'closed') throw isClosed();
    if (this.#attempt !== undefined) return this.#attempt;
    this.#enter('connecting');
    const stop = new AbortController();
    const lose = (reason: unknown): void => this.#forget(attempt, reason);
    const connection = this.#connector
      .connect(() => lose(lost()), stop.signal)
      .then((made) => {
        if (this.#attempt === attempt) this.#enter('ready');
        return made;
      });
    const attempt: Attempt = { connection, stop };
    this.#attempt = attempt;
    connection.catch(lose);
    return attempt;
  }

  /** Ends a connection, unless another has taken its place already. */
  #forget(attempt: Attempt, reason: unknown): void {
    if (this.#attempt !== attempt) return;
    this.#attempt = undefined;
    this.#enter('lost');
    end(attempt, reason).catch(() => undefined);
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    try {
      this.#onState();
    } catch {
      // Whoever only listens cannot break the connection.
    }
  }

  #asPeerError(error: unknown, signal: AbortSignal): ScannerError {
    const cause: unknown = signal.aborted ? signal.reason : error;
    if (ScannerError.is(cause)) return cause;
    const message = this.#connector.hideSecret(
      cause instanceof Error ? cause.message : String(cause),
    );
    // A cause of the SDK carries what the server sent, and a server may send back the token it was shown.
    return new ScannerError('network', new Untrusted(message).shown());
  }
}

/** What is under way fails first, with the reason; the client would only tell that the connection has ended. */
async function end({ connection, stop }: Attempt, reason: unknown): Promise<void> {
  stop.abort(reason);
  const made = await connection.catch(() => undefined);
  await made?.client.close().catch(() => undefined);
}

function lost(): ScannerError {
  return new ScannerError('network', 'the connection was lost');
}

function isClosed(): ScannerError {
  return new ScannerError('aborted', 'the scorer is closed');
}
