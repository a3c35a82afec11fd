import { Worker } from 'node:worker_threads';
import { ScannerError } from '../../errors.js';
import { type Limiter, limiter } from '../../parallel/bounded-map.js';
import { throwIfAborted } from '../../parallel/deadline.js';
import { onAbort } from '../../parallel/on-abort.js';
import type { PastMessage, PastProgress, PastResults, PastTask } from './past-task.js';

/**
 * Threads that work on the past, so that this one can draw how far they are and hear who interrupts. An interruption ends them
 * at once: what is worth keeping of their work is on disk.
 */
export class PastThreads implements AsyncDisposable {
  readonly limit: Limiter;
  readonly #signal: AbortSignal;
  readonly #all = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #deaf: () => void;
  #isOver = false;

  constructor(count: number, signal: AbortSignal) {
    this.limit = limiter(count);
    this.#signal = signal;
    this.#deaf = onAbort(signal, () => void this.#end());
  }

  /**
   * Has one piece of work done as soon as a thread is free.
   *
   * @param makeTask - Called then, so that candles are packed for threads at work alone.
   * @throws ScannerError whatever the work throws, `aborted` after an interruption.
   */
  run<Kind extends PastTask['kind']>(
    makeTask: () => Extract<PastTask, { kind: Kind }>,
    onProgress: (progress: PastProgress) => void = () => {},
  ): Promise<PastResults[Kind]> {
    return this.limit(async () => {
      throwIfAborted(this.#signal);
      // When one piece of work fails the others still wait for a thread, and nobody would end a thread hired for them now.
      if (this.#isOver) throw new ScannerError('aborted', 'the threads were ended');
      const worker = this.#idle.pop() ?? this.#hire();
      const result = await this.#ask(worker, makeTask(), onProgress);
      this.#idle.push(worker);
      return result as PastResults[Kind];
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#deaf();
    await this.#end();
  }

  #hire(): Worker {
    // The file lies beside the bundle of the command line.
    const worker = new Worker(new URL('./past-thread.js', import.meta.url));
    this.#all.add(worker);
    return worker;
  }

  async #end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(Array.from(this.#all, (worker) => worker.terminate()));
    this.#all.clear();
  }

  #ask(
    worker: Worker,
    task: PastTask,
    onProgress: (progress: PastProgress) => void,
  ): Promise<PastResults[PastTask['kind']]> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        end();
      };
      const onError = (error: unknown): void => settle(() => reject(error));
      const onExit = (): void => onError(new ScannerError('aborted', 'a thread was ended'));
      const onMessage = (message: PastMessage): void => {
        if (message.kind === 'progress') onProgress(message);
        else if (message.kind === 'result') settle(() => resolve(message.result));
        else onError(errorOf(message));
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(task);
    });
  }
}

function errorOf({ code, message }: Extract<PastMessage, { kind: 'error' }>): Error {
  return code === undefined ? new Error(message) : new ScannerError(code, message);
}
