import { AsyncLocalStorage } from 'node:async_hooks';
import { ScannerError } from '../../errors.js';
import { tooLarge, watchedStream } from './watched-stream.js';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

const USUAL_REST_MS = 60_000;

/** Hears what answers say of the server beside what they answer. */
export interface PeerEvents {
  /** For how long the server wants to be left alone. */
  readonly onRateLimit: (ms: number) => void;
  /** The server sent so much, unasked, that it was cut off. */
  readonly onFlood: (reason: ScannerError) => void;
}

/**
 * Watches over the streams that answers come in: one that grows too large, comes too fast, breaks off, or ends without an answer
 * fails the very call it belongs to, and at once, where the protocol's client would wait for its timeout. A stream that numbers its
 * events may end before the answer: the client takes it up again, as the protocol has it.
 */
export class GuardedFetch {
  readonly #calls = new AsyncLocalStorage<AbortController>();
  readonly #maxBytes: number;
  readonly #events: PeerEvents;

  constructor(maxBytes: number, events: PeerEvents) {
    this.#maxBytes = maxBytes;
    this.#events = events;
  }

  /** Makes one tool call; its signal aborts with the reason when the stream of the answer goes wrong. */
  guard<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    return this.#calls.run(controller, () => call(controller.signal));
  }

  /** A `fetch` whose answers are watched. */
  readonly fetch: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (response.status === 429) {
      this.#events.onRateLimit(retryAfterMs(response));
      await response.body?.cancel();
      throw new ScannerError('rate_limit', 'the server has too much to do (429)');
    }
    if (response.body === null) return response;
    // The client also posts replies of its own within a call; the end of theirs says nothing about the call's.
    const call = isToolCall(init) && bringsAnswer(response) ? this.#calls.getStore() : undefined;
    const maxBytes = this.#maxBytes;
    if (Number(response.headers.get('content-length')) > maxBytes) {
      const error = tooLarge(maxBytes);
      call?.abort(error);
      await response.body.cancel();
      throw error;
    }
    const { onFlood } = this.#events;
    const terms = { maxBytes, call, isEventStream: isEventStream(response), onFlood };
    const { status, statusText, headers } = response;
    const watched = watchedStream(response.body, terms);
    try {
      return new Response(watched, { status, statusText, headers });
    } catch (error) {
      // From 600 on no status can be told, and nobody would read the answer to its end.
      await watched.cancel();
      throw error;
    }
  };
}

/** A redirect is followed, 202 promises the answer on another stream, and what is no success is an error by itself. */
function bringsAnswer({ ok, status }: Response): boolean {
  return ok && status !== 202;
}

/** What a busy peer asks for in seconds; a date, or nothing, is taken for a minute. */
function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? 1_000 * seconds : USUAL_REST_MS;
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.toLowerCase().startsWith('text/event-stream') ?? false;
}

function isToolCall(init: RequestInit | undefined): boolean {
  if (typeof init?.body !== 'string') return false;
  try {
    return JSON.parse(init.body)?.method === 'tools/call';
  } catch {
    return false;
  }
}
