import { setImmediate as nextTurn } from 'node:timers/promises';
import { ScannerError } from '../../errors.js';
import { MOST_VALUES, ValueCount } from './value-count.js';

/** What is handed on in one turn of the event loop: a message takes some 50 microseconds to be read, and whoever else waits is next. */
const MESSAGES_A_TURN = 16;
/** The most messages of a second. A server that tells its progress needs tens of them. */
const MOST_MESSAGES = 500;
/** Answers of the largest size that may come in a second. */
const MOST_ANSWERS = 8;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** What a message ends with: a line, a blank line, or the stream alone. */
export type MessageEnd = 'line' | 'blank line' | 'stream';

/**
 * Lets a stream through in pieces that are soon read, each in a turn of the event loop of its own, and no faster than a server has
 * reason to send: who could otherwise keep a process busy by talking is cut off.
 */
export class FloodGate {
  readonly #end: MessageEnd;
  readonly #mostBytes: number;
  readonly #values = new ValueCount();
  #since = performance.now();
  #bytes = 0;
  #messages = 0;
  #before = LINE_FEED;
  #isBlank = true;

  /** @param maxBytes - Most bytes of one message. */
  constructor(end: MessageEnd, maxBytes: number) {
    this.#end = end;
    this.#mostBytes = MOST_ANSWERS * maxBytes;
  }

  /** The pieces of a chunk. @throws ScannerError `network` when a second brought more than any answer needs. */
  async *through(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    let from = 0;
    while (from < chunk.length) {
      const to = this.#endOfPiece(chunk, from);
      await nextTurn();
      this.#refuseFlood(to - from);
      yield chunk.subarray(from, to);
      from = to;
    }
  }

  #endOfPiece(chunk: Uint8Array, from: number): number {
    let left = MESSAGES_A_TURN;
    for (let i = from; i < chunk.length; i++) {
      this.#values.read(chunk[i]);
      if (!this.#endsMessage(chunk[i])) continue;
      this.#refuseMany();
      this.#values.reset();
      this.#messages++;
      if (--left === 0) return i + 1;
    }
    this.#refuseMany();
    return chunk.length;
  }

  #endsMessage(byte: number): boolean {
    if (this.#end === 'stream') return false;
    const isSecondHalf = byte === LINE_FEED && this.#before === CARRIAGE_RETURN;
    const endsLine = byte === LINE_FEED || byte === CARRIAGE_RETURN;
    this.#before = byte;
    if (isSecondHalf) return false;
    const wasBlank = this.#isBlank;
    this.#isBlank = endsLine;
    return endsLine && (this.#end === 'line' || wasBlank);
  }

  #refuseMany(): void {
    if (!this.#values.isTooLarge) return;
    throw new ScannerError(
      'network',
      `a message of the server has more than ${MOST_VALUES} values`,
    );
  }

  #refuseFlood(bytes: number): void {
    const now = performance.now();
    if (now - this.#since > 1_000) {
      this.#since = now;
      this.#bytes = 0;
      this.#messages = Math.min(this.#messages, MESSAGES_A_TURN);
    }
    this.#bytes += bytes;
    if (this.#messages > MOST_MESSAGES) throw flood(`${MOST_MESSAGES} messages`);
    if (this.#bytes > this.#mostBytes) throw flood(`${this.#mostBytes} bytes`);
  }
}

function flood(most: string): ScannerError {
  return new ScannerError('network', `the server sent more than ${most} within a second`);
}
