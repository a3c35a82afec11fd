import type { Client, Tool } from '@modelcontextprotocol/client';
import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import { untilAborted } from './until-aborted.js';

/** For so long a list of tools is believed. */
const LISTED_FOR_MS = 60_000;

/** A server that answers, and the tools it has. */
export class Connection {
  readonly client: Client;
  readonly #listMs: number;
  #tools: readonly Tool[];
  #staleAt: number;
  #listing: Promise<void> | undefined;

  /**
   * @param tools - As they were listed just now.
   * @param listMs - How long listing them anew may take.
   */
  constructor(client: Client, tools: readonly Tool[], listMs: number) {
    this.client = client;
    this.#tools = tools;
    this.#listMs = listMs;
    this.#staleAt = Date.now() + LISTED_FOR_MS;
    client.setNotificationHandler('notifications/tools/list_changed', () => {
      this.#staleAt = Date.now();
    });
  }

  /** The tools of the server: listed anew when it says that they have changed and every minute, for not every server says so. */
  async tools(signal: AbortSignal): Promise<readonly Tool[]> {
    if (Date.now() < this.#staleAt) return this.#tools;
    this.#listing ??= this.#list().finally(() => {
      this.#listing = undefined;
    });
    await untilAborted(this.#listing, signal);
    return this.#tools;
  }

  async #list(): Promise<void> {
    // Before the question goes out: what changes while it is answered makes the answer stale again.
    this.#staleAt = Date.now() + LISTED_FOR_MS;
    try {
      const ms = this.#listMs;
      const { tools } = await withDeadline(
        (signal) => this.client.listTools(undefined, { cacheMode: 'refresh', signal, timeout: ms }),
        { ms, timers: systemTimers, what: 'listing the tools' },
      );
      this.#tools = tools;
    } catch (error) {
      this.#staleAt = 0;
      throw error;
    }
  }
}
