import { AsyncLocalStorage } from 'node:async_hooks';
import { ScannerError } from '../../errors.js';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Time for an answer that came with the end of its stream to be read. */
const LAST_WORDS_MS = 20;

/**
 * Watches over the streams that answers come in: one that grows too large, breaks off, or ends without an answer fails the very call
 * it belongs to, and at once, where the protocol's client would wait for its timeout.
 */
export class GuardedFetch {
  readonly #calls = new AsyncLocalStorage<AbortController>();
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Makes one tool call; its signal aborts with the reason when the stream of the answer goes wrong. */
  guard<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    return this.#calls.run(controller, () => call(controller.signal));
  }

  /** A `fetch` whose answers are watched. */
  readonly fetch: Fetch = async (url, init) => {
    // The client also posts replies of its own within a call; the end of theirs says nothing about the call's.
    const call = isToolCall(init) ? this.#calls.getStore() : undefined;
    const response = await fetch(url, init);
    if (response.body === null) return response;
    const fail = (what: string): ScannerError => {
      const error = new ScannerError('network', what);
      call?.abort(error);
      return error;
    };
    if (Number(response.headers.get('content-length')) > this.#maxBytes) {
      await response.body.cancel();
      throw fail(`an answer must have at most ${this.#maxBytes} bytes`);
    }
    const { status, statusText, headers } = response;
    return new Response(this.#watched(response.body, fail), { status, statusText, headers });
  };

  #watched(
    body: ReadableStream<Uint8Array>,
    fail: (what: string) => ScannerError,
  ): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    const maxBytes = this.#maxBytes;
    let bytes = 0;
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            setTimeout(fail, LAST_WORDS_MS, 'the stream ended without an answer').unref();
            return;
          }
          bytes += value.byteLength;
          if (bytes > maxBytes) {
            controller.error(fail(`an answer must have at most ${maxBytes} bytes`));
            await reader.cancel();
            return;
          }
          controller.enqueue(value);
        } catch (error) {
          controller.error(error);
          fail('the stream broke off');
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }
}

function isToolCall(init: RequestInit | undefined): boolean {
  if (typeof init?.body !== 'string') return false;
  try {
    return JSON.parse(init.body)?.method === 'tools/call';
  } catch {
    return false;
  }
}
