import type { PriorDiscovery } from '@modelcontextprotocol/client';
import { ScannerError } from '../../errors.js';
import { isOtherEra, livesElsewhere, reasonOf } from './connect-failure.js';
import type { Connection } from './connection.js';
import type { GuardedFetch } from './guarded-fetch.js';
import { httpTransport } from './http-transport.js';
import { ProgramTransport } from './program-transport.js';
import { type Endpoint, endpointsOf, type ServerAddress } from './server-address.js';
import { shakeHands } from './shake-hands.js';

/** How connections are made. */
export interface ConnectOptions {
  readonly guard: GuardedFetch;
  readonly maxBytes: number;
  readonly connectMs: number;
  /** Hears that a program said too much and was ended, and why. */
  readonly onFlood: (reason: ScannerError) => void;
}

/** Connects to one server, by the ways its address leaves open, and remembers the one that worked. */
export class Connector {
  readonly #address: ServerAddress;
  readonly #options: ConnectOptions;
  #endpoints: readonly Endpoint[];
  /** What a program was found to speak: to ask one that knows no such question takes half of a handshake's time. */
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
      const reason = reasonOf(cause, (text) => this.hideSecret(text));
      throw new ScannerError('network', `cannot connect: ${reason}`);
    }
  }

  /** What a server said, without the token it was shown. */
  hideSecret(text: string): string {
    const { token } = this.#address;
    return token ? text.replaceAll(token, '***') : text;
  }

  async #byAddress(signal: AbortSignal): Promise<Connection> {
    const { token, protocol = 'auto' } = this.#address;
    const { guard, connectMs } = this.#options;
    let failure: unknown;
    for (const endpoint of this.#endpoints) {
      try {
        const transport = httpTransport(endpoint, guard, token);
        const connection = await shakeHands(transport, { protocol, connectMs, signal });
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
    const { protocol = '2025' } = this.#address;
    const greet = (prior: PriorDiscovery | undefined): Promise<Connection> => {
      const terms = { protocol, connectMs: this.#options.connectMs, signal };
      return shakeHands(new ProgramTransport(command, this.#options), { ...terms, prior });
    };
    const spoken = this.#spoken;
    this.#spoken = undefined;
    const connection = await greet(spoken).catch((error: unknown) => {
      // Programs of the older protocol may end at a question that they do not know.
      if (protocol !== 'auto' || !isOtherEra(error)) throw error;
      return greet({ kind: 'legacy' });
    });
    const discover = connection.client.getDiscoverResult();
    this.#spoken = discover === undefined ? { kind: 'legacy' } : { kind: 'modern', discover };
    return connection;
  }
}
