import { AsyncLocalStorage } from 'node:async_hooks';
import { ScannerError } from '../../errors.js';
import { StreamGauge } from './stream-gauge.js';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Time for an answer that came with the end of its stream to be read. */
const LAST_WORDS_MS = 20;
const USUAL_REST_MS = 60_000;

/**
 * Watches over the streams that answers come in: one that grows too large, breaks off, or ends without an answer fails the very call
 * it belongs to, and at once, where the protocol's client would wait for its timeout. A stream that numbers its events may end before
 * the answer: the client takes it up again, as the protocol has it.
 */
export class GuardedFetch {
  readonly #calls = new AsyncLocalStorage<AbortController>();
  readonly #maxBytes: number;
  readonly #onRateLimit: (ms: number) => void;

  /** @param onRateLimit - Takes for how long a peer wants to be left alone. */
  constructor(maxBytes: number, onRateLimit: (ms: number) => void) {
    this.#maxBytes = maxBytes;
    this.#onRateLimit = onRateLimit;
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
      this.#onRateLimit(retryAfterMs(response));
      await response.body?.cancel();
      throw new ScannerError('rate_limit', 'the server has too much to do (429)');
    }
    if (response.body === null) return response;
    // The client also posts replies of its own within a call; the end of theirs says nothing about the call's.
    const call = isToolCall(init) && bringsAnswer(response) ? this.#calls.getStore() : undefined;
    const fail = (what: string): ScannerError => {
      const error = new ScannerError('network', what);
      call?.abort(error);
      return error;
    };
    if (Number(response.headers.get('content-length')) > this.#maxBytes) {
      await response.body.cancel();
      throw fail(this.#tooLarge());
    }
    // A stream that many calls share is as long as the connection lasts; what is bounded there is one event.
    const gauge = new StreamGauge(call === undefined && isEventStream(response));
    const { status, statusText, headers } = response;
    const body = this.#watched(response.body, gauge, fail);
    return new Response(body, { status, statusText, headers });
  };

  #watched(
    body: ReadableStream<Uint8Array>,
    gauge: StreamGauge,
    fail: (what: string) => ScannerError,
  ): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    const end = (controller: ReadableStreamDefaultController): void => {
      controller.close();
      if (gauge.isNumbered) return;
      setTimeout(fail, LAST_WORDS_MS, 'the stream ended without an answer').unref();
    };
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) return end(controller);
          gauge.read(value);
          if (gauge.bytes <= this.#maxBytes) return controller.enqueue(value);
          controller.error(fail(this.#tooLarge()));
          await reader.cancel();
        } catch (error) {
          controller.error(error);
          if (!gauge.isNumbered) fail('the stream broke off');
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }

  #tooLarge(): string {
    return `an answer must have at most ${this.#maxBytes} bytes`;
  }
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
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

function isToolCall(init: RequestInit | undefined): boolean {
  if (typeof init?.body !== 'string') return false;
  try {
    return JSON.parse(init.body)?.method === 'tools/call';
  } catch {
    return false;
  }
}
