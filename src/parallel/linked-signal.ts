import type { ScannerError } from '../errors.js';
import { abortedError } from './deadline.js';
import { onAbort } from './on-abort.js';

/**
 * A signal that aborts when any of its sources does, or when it is told to, and that can be let go of: `AbortSignal.any` keeps
 * a trace of every signal it made for as long as a source lives, and a source may live as long as the program.
 */
export class LinkedSignal {
  readonly #controller = new AbortController();
  readonly #stopListening: (() => void)[] = [];

  constructor(sources: readonly (AbortSignal | undefined)[]) {
    for (const source of sources) {
      const stop = (): void => this.#controller.abort(abortedError(source));
      if (source?.aborted) stop();
      else this.#stopListening.push(onAbort(source, stop));
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
    for (const stop of this.#stopListening) stop();
  }
}
