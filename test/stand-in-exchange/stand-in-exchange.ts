import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep } from '../../src/parallel/deadline.js';
import { systemTimers } from '../../src/parallel/system-timers.js';
import type { Clock, Timers } from '../../src/ports/clock.js';
import { binanceUsdmRest } from './binance-usdm-rest.js';
import { binanceUsdmStreams } from './binance-usdm-streams.js';
import { bitgetRest } from './bitget-rest.js';
import { bitgetStreams } from './bitget-streams.js';
import type { Answer, Dialect, Query } from './dialect.js';
import type { Misbehaviour } from './misbehaviour.js';
import { SlidingWindow } from './sliding-window.js';
import { StandInMarket } from './stand-in-market.js';
import { StandInStreams } from './stand-in-streams.js';

/** How a stand-in is set up. */
export interface StandInOptions {
  readonly exchange: 'bitget' | 'binanceusdm';
  /** @defaultValue 8 */
  readonly symbols?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
  /** The exchange's clock. @defaultValue a moment that stands still, 2024-06-01T00:00:00Z */
  readonly now?: Clock;
  /** Whether it has no candle of a time in which nobody traded; otherwise a flat one. @defaultValue false */
  readonly leavesOutSilence?: boolean;
  /** How long an answer takes. @defaultValue 0 */
  readonly latencyMs?: number;
  /** Longest time between two pushes over a stream. @defaultValue 8_000 */
  readonly pushMs?: number;
  /** From how many addresses of the loopback it can be asked, each with limits of its own. @defaultValue 1 */
  readonly addresses?: number;
  /** How its time passes: limits and latency are counted by it. @defaultValue the machine's */
  readonly timers?: Timers;
}

/** A request as the stand-in saw it. */
export interface SeenRequest {
  /** Milliseconds of a clock that never runs backwards. */
  readonly at: number;
  readonly path: string;
  readonly query: Query;
  readonly headers: IncomingMessage['headers'];
  readonly status: number;
}

interface Planned {
  readonly part: string;
  readonly misbehaviour: Misbehaviour;
  left: number;
}

const PUSH_MS = 8_000;
/** Longer than a connection is idle between two scans: one that closes just as it is used again fails the request. */
const KEEP_ALIVE_MS = 75_000;
const REST = { bitget: bitgetRest, binanceusdm: binanceUsdmRest };
const STREAMS = { bitget: bitgetStreams, binanceusdm: binanceUsdmStreams };

/**
 * A server on the loopback that speaks an exchange's language, over HTTP and websockets, closely enough for the real ccxt client, over the invented
 * market of the library. It keeps the exchange's limits, records every request, and misbehaves when told to.
 */
export class StandInExchange implements AsyncDisposable {
  readonly market: StandInMarket;
  /** Every request, in the order of arrival. */
  readonly requests: SeenRequest[] = [];
  latencyMs: number;
  readonly streams: StandInStreams;
  readonly #dialect: Dialect;
  readonly #servers: readonly Server[];
  readonly #windows: Map<string, SlidingWindow> = new Map();
  readonly #planned: Planned[] = [];
  readonly #timers: Timers;

  private constructor(market: StandInMarket, options: StandInOptions) {
    const { exchange, latencyMs = 0, timers = systemTimers, pushMs = PUSH_MS } = options;
    this.market = market;
    this.latencyMs = latencyMs;
    this.#timers = timers;
    this.#dialect = REST[exchange](market);
    this.#servers = Array.from({ length: options.addresses ?? 1 }, (_, i) =>
      createServer((request, response) => void this.#serve(request, response, addressOf(i))),
    );
    for (const server of this.#servers) server.keepAliveTimeout = KEEP_ALIVE_MS;
    const dialect = STREAMS[exchange]();
    this.streams = new StandInStreams(this.#servers[0], market, timers, dialect, pushMs);
  }

  static async start(options: StandInOptions): Promise<StandInExchange> {
    const now = options.now ?? (() => Date.UTC(2024, 5, 1));
    const { symbols = 8, seed = 1, leavesOutSilence = false } = options;
    const market = await StandInMarket.open({ symbols, seed, now, leavesOutSilence });
    const standIn = new StandInExchange(market, options);
    let port = 0;
    for (const [i, server] of standIn.#servers.entries()) {
      await new Promise<void>((resolve) => server.listen(port, addressOf(i), resolve));
      port = (server.address() as AddressInfo).port;
    }
    await standIn.#wake();
    return standIn;
  }

  get baseUrl(): string {
    return this.baseUrls[0];
  }

  /** Where it can be asked, by address: who asks at one shares limits with all who do. */
  get baseUrls(): readonly string[] {
    const { port } = this.#servers[0].address() as AddressInfo;
    return this.#servers.map((_, i) => `http://${addressOf(i)}:${port}`);
  }

  /** How many requests were refused because there had been too many. */
  get refused(): number {
    return this.requests.filter(({ status }) => status === 429).length;
  }

  /** From now on, requests whose path or parameters contain `part` go wrong, `times` of them. */
  misbehave(
    part: string,
    misbehaviour: Misbehaviour,
    times: number = Number.POSITIVE_INFINITY,
  ): void {
    this.#planned.push({ part, misbehaviour, left: times });
  }

  /** Behaves again. */
  behave(): void {
    this.#planned.length = 0;
  }

  /** How many requests had a path that contains `part`. */
  count(part: string): number {
    return this.requests.filter(({ path }) => path.includes(part)).length;
  }

  /** The fullest that any of its limits ever was, as a share: above 1 a client went too fast. */
  get worstWindow(): number {
    return Math.max(0, ...Array.from(this.#windows.values(), ({ worstShare }) => worstShare));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.streams.close();
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /**
   * Answers a first request that nobody counts. With it the runtime compiles its parser, on a thread of its own: for that long
   * the event loop turns without anything happening, and time that is counted in turns would run away.
   */
  async #wake(): Promise<void> {
    const { latencyMs } = this;
    this.latencyMs = 0;
    await (await fetch(this.baseUrl)).text();
    this.latencyMs = latencyMs;
    this.requests.length = 0;
    this.#windows.clear();
  }

  async #serve(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', this.baseUrl);
    const at = this.#timers.elapsed();
    const admitted = this.#admit(address, path, query, at);
    const misbehaviour = this.#nextMisbehaviour(request.url ?? '/');
    const seen = { at, path, query, headers: request.headers };
    const index = this.requests.push({ ...seen, status: 0 }) - 1;
    const answer = admitted
      ? await this.#answer(path, query, misbehaviour)
      : this.#dialect.tooMany();
    if (this.latencyMs > 0) await sleep(this.latencyMs, this.#timers);
    this.requests[index] = { ...seen, status: answer?.status ?? 0 };
    if (answer !== undefined) send(response, answer);
    else if (misbehaviour?.kind === 'connection') misbehaviour.end(response);
  }

  async #answer(
    path: string,
    query: Query,
    misbehaviour: Misbehaviour | undefined,
  ): Promise<Answer | undefined> {
    if (misbehaviour?.kind === 'connection') return undefined;
    if (misbehaviour?.kind === 'answer') return misbehaviour.answer;
    const route = this.#dialect.routes.get(path);
    if (route === undefined) return this.#dialect.notFound(path);
    const answer = await route(query);
    if (misbehaviour === undefined) return answer;
    return { ...answer, body: misbehaviour.change(answer.body, this.#dialect) };
  }

  #admit(address: string, path: string, query: Query, at: number): boolean {
    return this.#dialect
      .limits(path, query)
      .map(({ name, limit, perMs, weight }) => {
        const key = `${address} ${name}`;
        const window = this.#windows.get(key) ?? new SlidingWindow(limit, perMs);
        this.#windows.set(key, window);
        return window.admit(at, weight);
      })
      .every(Boolean);
  }

  #nextMisbehaviour(url: string): Misbehaviour | undefined {
    const planned = this.#planned.find(({ part, left }) => left > 0 && url.includes(part));
    if (planned === undefined) return undefined;
    planned.left--;
    return planned.misbehaviour;
  }
}

function addressOf(index: number): string {
  return `127.0.0.${index + 1}`;
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/html; charset=utf-8' : 'application/json',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}
