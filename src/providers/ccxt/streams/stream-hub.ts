import type { Channel } from './channel.js';
import { StreamLine, type StreamLineOptions } from './stream-line.js';

/** Bitget advises at most so many channels on a connection. */
const MOST_CHANNELS = 50;

/** Spreads channels over as few connections as hold them. */
export class StreamHub {
  readonly #options: StreamLineOptions;
  readonly #lines = new Map<Channel, StreamLine>();
  #isClosed = false;

  constructor(options: StreamLineOptions) {
    this.#options = options;
  }

  /** @returns Whether there was room for it: none once the hub is closed. */
  add(channel: Channel): boolean {
    if (this.#isClosed) return false;
    const lines = new Set(this.#lines.values());
    const open = [...lines].find(
      (line) => !line.isClosed && line.carried < MOST_CHANNELS && !line.carries(channel),
    );
    if (open === undefined && !this.#options.connections.hold()) return false;
    const line = open ?? new StreamLine(this.#options);
    this.#lines.set(channel, line);
    line.add(channel);
    return true;
  }

  /** Subscribes a channel anew, on a connection that does not carry it yet. @returns Whether there was room for it. */
  move(channel: Channel): boolean {
    this.remove(channel);
    return this.add(channel);
  }

  remove(channel: Channel): void {
    this.#lines.get(channel)?.remove(channel);
    this.#lines.delete(channel);
  }

  /** When something last came on a channel's connection, by the timers; -Infinity without one. */
  heardAt(channel: Channel): number {
    return this.#lines.get(channel)?.heardAt ?? Number.NEGATIVE_INFINITY;
  }

  /** Closes all connections; their channels are lost. */
  close(): void {
    this.#isClosed = true;
    const lines = [...this.#lines];
    this.#lines.clear();
    for (const [channel, line] of lines) {
      line.close();
      channel.lost();
    }
  }
}
