import { ScannerError } from '../../errors.js';
import { FloodGate } from './flood-gate.js';
import { StreamGauge } from './stream-gauge.js';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Time for an answer that came with the end of its stream to be read. */
const LAST_WORDS_MS = 20;
const BRACKET = 0x5b;

/** What a stream is, and what it may do. */
export interface WatchTerms {
  readonly maxBytes: number;
  /** The call that the stream answers, where it answers one alone: it is aborted when the stream goes wrong. */
  readonly call: AbortController | undefined;
  readonly isEventStream: boolean;
  /** Hears that a stream which many calls share was cut off, and why. */
  readonly onFlood: (reason: ScannerError) => void;
}

/** A stream as it came, a little of it in each turn of the event loop, that errors when it is too large or too fast. */
export function watchedStream(
  stream: ReadableStream<Uint8Array>,
  terms: WatchTerms,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  const pieces = new Watch(terms).pieces(reader);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(error);
        await reader.cancel();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Why an answer is not read on. */
export function tooLarge(maxBytes: number): ScannerError {
  return failure(`an answer must have at most ${maxBytes} bytes`);
}

class Watch {
  readonly #terms: WatchTerms;
  /** A stream that many calls share is as long as the connection lasts; what is bounded there is one event. */
  readonly #isShared: boolean;
  readonly #gauge: StreamGauge;
  readonly #gate: FloodGate;
  #opening: number | undefined;

  constructor(terms: WatchTerms) {
    const { call, isEventStream, maxBytes } = terms;
    this.#terms = terms;
    this.#isShared = call === undefined && isEventStream;
    this.#gauge = new StreamGauge(this.#isShared);
    this.#gate = new FloodGate(isEventStream ? 'blank line' : 'stream', maxBytes);
  }

  async *pieces(reader: Reader): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = await this.#next(reader);
      if (chunk === undefined) return this.#end();
      try {
        this.#check(chunk);
        yield* this.#gate.through(chunk);
      } catch (error) {
        const { call, onFlood } = this.#terms;
        call?.abort(error);
        if (this.#isShared) onFlood(error as ScannerError);
        throw error;
      }
    }
  }

  async #next(reader: Reader): Promise<Uint8Array | undefined> {
    try {
      return (await reader.read()).value;
    } catch (error) {
      if (!this.#gauge.isNumbered) this.#terms.call?.abort(failure('the stream broke off'));
      throw error;
    }
  }

  #check(chunk: Uint8Array): void {
    const { maxBytes, isEventStream } = this.#terms;
    this.#gauge.read(chunk);
    if (this.#gauge.bytes > maxBytes) throw tooLarge(maxBytes);
    this.#opening ??= firstLetter(chunk);
    // A list of messages, which nobody asked for, would be read in one turn.
    if (!isEventStream && this.#opening === BRACKET) {
      throw failure('an answer must be one message, was a list');
    }
  }

  #end(): void {
    const { call } = this.#terms;
    if (call === undefined || this.#gauge.isNumbered) return;
    const silence = failure('the stream ended without an answer');
    setTimeout(() => call.abort(silence), LAST_WORDS_MS).unref();
  }
}

function firstLetter(chunk: Uint8Array): number | undefined {
  return chunk.find((byte) => byte > 0x20 && byte < 0x80);
}

function failure(what: string): ScannerError {
  return new ScannerError('network', what);
}
