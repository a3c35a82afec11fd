import { abortedError, throwIfAborted } from './deadline.js';
import { LinkedSignal } from './linked-signal.js';
import { onAbort } from './on-abort.js';

interface Flight {
  readonly work: Promise<unknown>;
  readonly link: LinkedSignal;
  waiting: number;
}

/** Lets those who want the same thing at the same time share one piece of work. */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();

  /** How many pieces of work are under way. */
  get size(): number {
    return this.#flights.size;
  }

  /**
   * Joins the work under way for `key`, or starts it. The work is told to stop when everyone who waits for it has left.
   *
   * @param signal - Ends this caller's wait alone.
   * @throws ScannerError `aborted` when `signal` aborts; otherwise what the work throws.
   */
  async run<T>(
    key: string,
    work: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    throwIfAborted(signal);
    const flight = this.#flights.get(key) ?? this.#start(key, work);
    flight.waiting++;
    try {
      return (await untilAborted(flight.work, signal)) as T;
    } finally {
      flight.waiting--;
      if (flight.waiting === 0) this.#abandon(key, flight);
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<unknown>): Flight {
    const link = new LinkedSignal([]);
    const flight: Flight = { work: work(link.signal), link, waiting: 0 };
    this.#flights.set(key, flight);
    const land = (): void => this.#forget(key, flight);
    flight.work.then(land, land);
    return flight;
  }

  // Whoever comes after the last has left starts anew: this work is about to fail.
  #abandon(key: string, flight: Flight): void {
    this.#forget(key, flight);
    flight.link.abort(abortedError(undefined));
  }

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => reject(abortedError(signal)));
    work.then(resolve, reject).finally(release);
  });
}
