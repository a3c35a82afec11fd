import type { ScannerError } from '../errors.js';
import { abortedError } from './deadline.js';

/**
 * A signal that aborts when any of its sources does, or when it is told to, and that can be let go of: `AbortSignal.any` keeps
 * a trace of every signal it made for as long as a source lives, and a source may live as long as the program.
 */
export class LinkedSignal {
  readonly #controller = new AbortController();
  readonly #sources: readonly AbortSignal[];
  readonly #onAbort = (event: Event): void =>
    this.#controller.abort(abortedError(event.target as AbortSignal));

  constructor(sources: readonly (AbortSignal | undefined)[]) {
    this.#sources = sources.filter((source) => source !== undefined);
    for (const source of this.#sources) {
      if (source.aborted) this.#controller.abort(abortedError(source));
      else source.addEventListener('abort', this.#onAbort, { once: true });
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: ScannerError): void {
    this.#controller.abort(reason);
  }

  /** Lets go of the sources; they abort this signal no more. */
  release(): void {
    for (const source of this.#sources) source.removeEventListener('abort', this.#onAbort);
  }
}
