import type { Timers } from '../../../ports/clock.js';
import type { Logger } from '../../../ports/logger.js';
import type { CcxtLike } from '../exchange.js';
import { redact } from '../redact.js';
import type { Channel } from './channel.js';
import type { ConnectionAllowance } from './connection-allowance.js';
import { closeView, openView, type StreamView } from './stream-view.js';
import { channelName, isListed, isRefusal, subscribe } from './subscribe.js';

/** What a line works with. */
export interface StreamLineOptions {
  readonly exchange: CcxtLike;
  readonly timers: Timers;
  readonly logger: Logger;
  /** What connections are taken from. */
  readonly connections: ConnectionAllowance;
  /** Rows of candles that are kept of each series. */
  readonly keptRows: number;
  /** Draws the length of the waits before a reconnect, 0 to 1. */
  readonly random: () => number;
}

/** Channels wait so long for others: of two messages, for candles and for books, and pings, at most ten may leave a second. */
const GATHER_MS = 250;
/** An exchange answers a ping every half minute; one that says nothing for longer is gone without a word. */
const SILENCE_MS = 45_000;
const FIRST_PAUSE_MS = 1_000;
/** A connection that held so long was a good one: the wait after it is the first one again. */
const STEADY_MS = 30_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Some channels on one connection. When it drops, or falls silent, a new one is opened and all its channels are subscribed
 * again; each failure doubles the wait before the next try. It was set a connection aside, which it gives back when it is closed.
 */
export class StreamLine {
  readonly #options: StreamLineOptions;
  readonly #channels = new Set<Channel>();
  readonly #fresh = new Set<Channel>();
  #view: StreamView | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  /** What the connection brings, by name: ccxt subscribes nothing twice on one connection. */
  #carried = new Set<string>();
  #heardAt = Number.NEGATIVE_INFINITY;
  #openedAt = 0;
  #isReading = false;
  #isClosed = false;
  #cancelTask: (() => void) | undefined;
  #cancelWatchdog: () => void = () => {};

  constructor(options: StreamLineOptions) {
    this.#options = options;
  }

  /** How many channels the connection carries, those that nobody reads any more among them. */
  get carried(): number {
    return this.#carried.size;
  }

  /** Whether the connection carries the stream of a channel, be it dead, or that nobody reads it any more. */
  carries(channel: Channel): boolean {
    return this.#carried.has(channelName(channel));
  }

  /** When something last came, by the timers; -Infinity while there is no connection. */
  get heardAt(): number {
    return this.#heardAt;
  }

  add(channel: Channel): void {
    this.#carried.add(channelName(channel));
    this.#channels.add(channel);
    this.#fresh.add(channel);
    // A line that waits for its next try takes the channel along.
    if (this.#cancelTask === undefined) this.#after(GATHER_MS, () => this.#connect());
  }

  /** What still comes for the channel is not read. The last one to leave closes the line. */
  remove(channel: Channel): void {
    this.#channels.delete(channel);
    this.#fresh.delete(channel);
    if (this.#channels.size === 0) this.close();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelTask?.();
    this.#hangUp();
    this.#options.connections.release();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  #after(ms: number, task: () => void): void {
    this.#cancelTask = this.#options.timers.after(ms, () => {
      this.#cancelTask = undefined;
      task();
    });
  }

  #connect(): void {
    this.#leaveOutUnlisted();
    if (this.#isClosed) return;
    const { connections, exchange, logger } = this.#options;
    const waitMs = this.#view === undefined ? connections.open() : 0;
    if (waitMs > 0) {
      if (connections.isNews()) {
        const told = 'no connection may be opened for now: candles and books are asked for';
        logger.warn(told, { exchange: exchange.id, waitMs });
      }
      this.#after(waitMs, () => this.#connect());
      return;
    }
    const channels = [...this.#fresh];
    this.#fresh.clear();
    this.#view ??= this.#open();
    const view = this.#view;
    // It settles with the first push, and fails when the connection does, of which the view tells, too.
    subscribe(view, channels).catch((error: unknown) => this.#drop(view, error));
  }

  #open(): StreamView {
    const { exchange, keptRows } = this.#options;
    this.#carried = new Set(Array.from(this.#channels, channelName));
    const view: StreamView = openView(exchange, keptRows, {
      heard: () => this.#hear(view),
      dropped: (reason) => this.#drop(view, reason),
      refused: (message) => view === this.#view && this.#refuse(view, message),
    });
    this.#openedAt = this.#options.timers.elapsed();
    this.#watch(view, this.#openedAt);
    return view;
  }

  #hear(view: StreamView): void {
    if (view !== this.#view) return;
    this.#heardAt = this.#options.timers.elapsed();
    if (this.#isReading) return;
    // What comes in one piece is read once.
    this.#isReading = true;
    queueMicrotask(() => {
      this.#isReading = false;
      if (view === this.#view) for (const channel of this.#channels) channel.read(view);
    });
  }

  /** Leaves out the channel that a message refuses, and keeps the others. */
  #refuse(view: StreamView, message: unknown): boolean {
    const refused = [...this.#channels].filter((channel) => isRefusal(view, channel, message));
    const { msg } = (message ?? {}) as { msg?: unknown };
    const told = redact(String(msg ?? 'no reason was given'), this.#options.exchange);
    for (const channel of refused) this.#leaveOut(channel, told.slice(0, MOST_REASON));
    return refused.length > 0;
  }

  /** One market that an exchange has taken off its list since would fail the subscription of all. */
  #leaveOutUnlisted(): void {
    const gone = [...this.#fresh].filter((channel) => !isListed(this.#options.exchange, channel));
    for (const channel of gone) this.#leaveOut(channel, 'the market is listed no more');
  }

  #leaveOut(channel: Channel, reason: string): void {
    const { exchange, logger } = this.#options;
    const { symbol } = channel;
    logger.warn('a channel was refused', { exchange: exchange.id, symbol, reason });
    this.remove(channel);
    channel.refused(reason);
  }

  #watch(view: StreamView, since: number): void {
    const { timers } = this.#options;
    this.#cancelWatchdog();
    this.#cancelWatchdog = timers.after(SILENCE_MS, () => {
      const silentMs = timers.elapsed() - Math.max(since, this.#heardAt);
      if (silentMs >= SILENCE_MS) this.#drop(view, `it said nothing for ${silentMs} ms`);
      else this.#watch(view, this.#heardAt);
    });
  }

  #drop(view: StreamView, reason: unknown): void {
    if (view !== this.#view || this.#isClosed) return;
    const { exchange, logger, random, timers } = this.#options;
    if (timers.elapsed() - this.#openedAt > STEADY_MS) this.#pauseMs = FIRST_PAUSE_MS;
    this.#hangUp();
    logger.warn('a stream was interrupted', {
      exchange: exchange.id,
      channels: this.#channels.size,
      reason: redact(reasonOf(reason), exchange).slice(0, MOST_REASON),
    });
    for (const channel of this.#channels) {
      this.#fresh.add(channel);
      channel.lost();
    }
    // One that needs no more than it has leaves, and the last one closes the line.
    if (this.#isClosed) return;
    this.#cancelTask?.();
    this.#after(this.#pauseMs * (0.5 + random() / 2), () => this.#connect());
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  #hangUp(): void {
    const view = this.#view;
    this.#view = undefined;
    this.#heardAt = Number.NEGATIVE_INFINITY;
    this.#cancelWatchdog();
    if (view !== undefined) closeView(view);
  }
}

const MOST_REASON = 200;

function reasonOf(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  if (reason instanceof Error) return reason.message;
  const { code } = (reason ?? {}) as { code?: unknown };
  return `it was closed with code ${String(code)}`;
}
