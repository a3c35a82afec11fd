/** Measures a stream as it passes: how much of it there was, and whether it can be taken up again where it ends. */
export class StreamGauge {
  readonly #perEvent: boolean;
  readonly #decoder = new TextDecoder();
  #line = '';
  #bytes = 0;
  #isNumbered = false;

  /** @param perEvent - Whether every event is measured by itself. */
  constructor(perEvent: boolean) {
    this.#perEvent = perEvent;
  }

  /** Bytes so far: of the stream, or of what is not yet a whole event. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether an event had a number that the stream can be continued behind. */
  get isNumbered(): boolean {
    return this.#isNumbered;
  }

  read(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength;
    const lines = this.#decoder.decode(chunk, { stream: true }).split(/\r?\n/);
    lines[0] = this.#line + lines[0];
    // All that is ever asked of an unfinished line is how it begins.
    this.#line = lines[lines.length - 1].slice(0, 3);
    this.#isNumbered ||= lines.some((line) => line.startsWith('id:'));
    // A blank line ends an event.
    const blank = lines.slice(0, -1).lastIndexOf('');
    if (this.#perEvent && blank >= 0) this.#bytes = lines.slice(blank + 1).join('\n').length;
  }
}
