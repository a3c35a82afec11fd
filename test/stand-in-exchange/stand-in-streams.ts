import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { candleOpen, timeframeMs } from '../../src/market/timeframe.js';
import { Breather } from '../../src/parallel/breather.js';
import { systemTimers } from '../../src/parallel/system-timers.js';
import type { Timers } from '../../src/ports/clock.js';
import type { StandInMarket } from './stand-in-market.js';
import type { StreamDialect, StreamTopic } from './stream-dialect.js';

const MINUTE_MS = 60_000;
/** So soon after a minute's end something is pushed again: on an exchange a busy connection says something all the time. */
const AFTER_CLOSE_MS = 1_000;
/** Of a market that has been silent for long no more is looked at. */
const MOST_ROWS = 100;

interface Subscribed {
  readonly topic: StreamTopic;
  /** Open time of the newest candle that was pushed. */
  newest: number;
  /** When candles were last pushed; -Infinity before the first. */
  pushedAt: number;
}

/** One connection as the stand-in sees it. */
export class StandInConnection {
  readonly channels: Subscribed[] = [];
  /** When each message came. */
  readonly heard: number[] = [];
  subscribes = 0;
  /** Whether it says nothing more, though it is open. */
  isSilent = false;
  /** Markets, by the exchange's names, of which it says nothing more, though it speaks of others. */
  readonly stalled = new Set<string>();
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(message: string | object): void {
    if (this.isSilent || !this.isOpen) return;
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Ends without a word, as a cut cable does. */
  drop(): void {
    this.#socket.terminate();
  }

  /** Ends in good order, as exchanges do once a day. */
  close(): void {
    this.#socket.close(1001);
  }
}

/** The websockets of a stand-in: candles and books of its market, pushed as time goes on. */
export class StandInStreams {
  /** Every connection there ever was, in the order they were made. */
  readonly connections: StandInConnection[] = [];
  /** Markets, by the exchange's names, of which nothing is streamed to who subscribes from now on. */
  readonly refused = new Set<string>();
  /** Whether who connects is sent away at once. */
  isRefusing = false;
  readonly #market: StandInMarket;
  readonly #timers: Timers;
  readonly #breather: Breather | undefined;
  readonly #dialect: StreamDialect;
  readonly #server: WebSocketServer;
  readonly #pushMs: number;
  #cancelPush: (() => void) | undefined;

  /** @param pushMs - Most between two pushes; a minute's end is pushed at once. */
  constructor(
    server: Server,
    market: StandInMarket,
    timers: Timers,
    dialect: StreamDialect,
    pushMs: number,
  ) {
    this.#pushMs = pushMs;
    this.#market = market;
    this.#timers = timers;
    // In virtual time a breath would take some.
    if (timers === systemTimers) this.#breather = new Breather(timers);
    this.#dialect = dialect;
    this.#server = new WebSocketServer({ server });
    this.#server.on('connection', (socket) => this.#accept(socket));
  }

  get open(): readonly StandInConnection[] {
    return this.connections.filter(({ isOpen }) => isOpen);
  }

  /** Most channels that a connection ever had. */
  get mostChannels(): number {
    return Math.max(0, ...this.connections.map(({ channels }) => channels.length));
  }

  /** Most messages that came over one connection within a second. */
  get mostMessagesInASecond(): number {
    const counts = this.connections.flatMap(({ heard }) =>
      heard.map((at) => heard.filter((other) => other >= at && other < at + 1_000).length),
    );
    return Math.max(0, ...counts);
  }

  /** Pushes what is new on every connection. */
  async push(): Promise<void> {
    for (const connection of this.open) {
      for (const channel of connection.channels) {
        await this.#push(connection, channel);
        await this.#breather?.turn();
      }
    }
  }

  close(): void {
    this.#cancelPush?.();
    for (const connection of this.connections) connection.drop();
    this.#server.close();
  }

  #accept(socket: WebSocket): void {
    if (this.isRefusing) {
      socket.terminate();
      return;
    }
    const connection = new StandInConnection(socket);
    this.connections.push(connection);
    socket.on('error', () => {});
    socket.on('message', (data) => void this.#answer(connection, String(data)));
  }

  async #answer(connection: StandInConnection, text: string): Promise<void> {
    connection.heard.push(this.#timers.elapsed());
    const request = this.#dialect.read(text);
    if (request.kind === 'ping') return connection.send(request.answer);
    connection.subscribes++;
    for (const answer of request.answers) {
      connection.send(this.#dialect.refusal?.(answer, this.refused) ?? answer);
    }
    for (const topic of request.topics.filter(({ id }) => !this.refused.has(id))) {
      const never = Number.NEGATIVE_INFINITY;
      const channel = { topic, newest: never, pushedAt: never };
      connection.channels.push(channel);
      await this.#push(connection, channel);
      // An exchange answers everybody else meanwhile.
      await this.#breather?.turn();
    }
    if (this.#cancelPush === undefined) this.#pushLater();
  }

  #pushLater(): void {
    const now = this.#market.now();
    const intoMinute = now - candleOpen(now, '1m');
    const next = intoMinute < AFTER_CLOSE_MS ? AFTER_CLOSE_MS : MINUTE_MS;
    const waitMs = Math.min(this.#pushMs, next - intoMinute);
    this.#cancelPush = this.#timers.after(waitMs, () => void this.#pushAll());
  }

  async #pushAll(): Promise<void> {
    const open = this.open;
    if (open.length === 0) {
      this.#cancelPush = undefined;
      return;
    }
    await this.push();
    this.#pushLater();
  }

  async #push(connection: StandInConnection, channel: Subscribed): Promise<void> {
    const { topic, newest } = channel;
    const isMute = connection.isSilent || connection.stalled.has(topic.id);
    if (isMute || !connection.isOpen) return;
    if (topic.kind === 'book') {
      connection.send(this.#dialect.book(topic, await this.#market.book(topic.id, topic.levels)));
      return;
    }
    const isFirst = !Number.isFinite(channel.pushedAt);
    const span = timeframeMs(topic.timeframe);
    const now = this.#market.now();
    const since = (candleOpen(now, topic.timeframe) - newest) / span + 1;
    const count = isFirst ? this.#dialect.snapshotRows : Math.min(since, MOST_ROWS);
    const rows = await this.#market.candles(topic.id, topic.timeframe, count, now);
    // What had closed by the last push was whole in it.
    const fresh = rows.filter(({ time }) => time + span > channel.pushedAt);
    channel.pushedAt = now;
    channel.newest = rows.at(-1)?.time ?? newest;
    if (fresh.length === 0) return;
    for (const message of this.#dialect.candles(topic, fresh, isFirst)) connection.send(message);
  }
}
