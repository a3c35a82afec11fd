import type { ScannerError } from '../errors.js';
import type { Charge } from '../ports/charge.js';
import type { Timers } from '../ports/clock.js';
import type { RateBudget, TakeOptions } from '../ports/rate-budget.js';
import { abortedError } from './deadline.js';
import { onAbort } from './on-abort.js';
import {
  impatience,
  joinLine,
  leadMs,
  lineOf,
  msPerWeight,
  rankOf,
  requireWeights,
  type Waiting,
} from './rate-pace.js';
import { systemTimers } from './system-timers.js';

interface Bucket {
  /** When all that was spent so far is earned again. */
  paidAt: number;
  frozenUntil: number;
}

interface Waiter extends Waiting {
  readonly go: () => void;
  readonly fail: (error: ScannerError) => void;
}

/**
 * A budget for one process. Each limit is spent steadily, with a small burst after a pause; where several wait, the most
 * urgent goes first, and among equals who came first.
 */
export class LocalRateBudget implements RateBudget {
  readonly #timers: Timers;
  readonly #buckets = new Map<string, Bucket>();
  /** Who draws on the same limits waits in the same line, in order. */
  readonly #lines = new Map<string, Waiter[]>();
  #cancelTimer: () => void = () => {};

  constructor(timers: Timers = systemTimers) {
    this.#timers = timers;
  }

  take(charges: readonly Charge[], options: TakeOptions = {}): Promise<void> {
    const { signal, priority = 'tail', patienceMs = Number.POSITIVE_INFINITY } = options;
    requireWeights(charges);
    if (signal?.aborted) return Promise.reject(abortedError(signal));
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        charges,
        rank: rankOf(priority),
        patienceMs,
        go() {
          stopListening();
          resolve();
        },
        fail(error) {
          stopListening();
          reject(error);
        },
      };
      const stopListening = onAbort(signal, () => {
        this.#leave(waiter);
        reject(abortedError(signal));
      });
      this.#join(waiter);
      this.#dismissImpatient();
      this.#serve();
    });
  }

  freeze(limitName: string, ms: number): void {
    const bucket = this.#bucket(limitName);
    bucket.frozenUntil = Math.max(bucket.frozenUntil, this.#timers.elapsed() + ms);
    this.#dismissImpatient();
    this.#serve();
  }

  frozenFor(limitName: string): number {
    const until = this.#buckets.get(limitName)?.frozenUntil ?? Number.NEGATIVE_INFINITY;
    return Math.max(0, until - this.#timers.elapsed());
  }

  #join(waiter: Waiter): void {
    const key = lineOf(waiter);
    const line = this.#lines.get(key) ?? [];
    this.#lines.set(key, line);
    joinLine(line, waiter);
  }

  #leave(waiter: Waiter): void {
    const line = this.#lines.get(lineOf(waiter)) ?? [];
    const place = line.indexOf(waiter);
    if (place >= 0) line.splice(place, 1);
    if (line.length === 0) this.#lines.delete(lineOf(waiter));
    this.#serve();
  }

  /** Those who do not wait for the end of a freeze are told so when it begins. */
  #dismissImpatient(): void {
    for (const [key, line] of this.#lines) {
      const staying = line.filter((waiter) => {
        const error = impatience(waiter, (name) => this.frozenFor(name));
        if (error !== undefined) waiter.fail(error);
        return error === undefined;
      });
      if (staying.length === 0) this.#lines.delete(key);
      else this.#lines.set(key, staying);
    }
  }

  /** Lets go whoever can, and sets the clock for the next who will. */
  #serve(): void {
    this.#cancelTimer();
    const now = this.#timers.elapsed();
    // A limit that a more urgent request waits for is not spent on a less urgent one.
    const reserved = new Set<string>();
    let next = Number.POSITIVE_INFINITY;
    for (const line of this.#linesByUrgency()) {
      next = Math.min(next, this.#serveLine(line, now, reserved));
      for (const charge of line[0]?.charges ?? []) {
        if (this.#readyAt(charge) > now) reserved.add(charge.limit.name);
      }
    }
    for (const [key, line] of this.#lines) if (line.length === 0) this.#lines.delete(key);
    this.#cancelTimer = Number.isFinite(next)
      ? this.#timers.after(Math.max(1, Math.ceil(next - now)), () => this.#serve())
      : () => {};
  }

  /** Lets go the head of a line while it can; gives when the one who cannot will. */
  #serveLine(line: Waiter[], now: number, reserved: ReadonlySet<string>): number {
    while (line.length > 0) {
      const { charges } = line[0];
      if (charges.some(({ limit }) => reserved.has(limit.name))) break;
      const ready = Math.max(...charges.map((charge) => this.#readyAt(charge)));
      if (ready > now) return ready;
      this.#spend(charges, now);
      (line.shift() as Waiter).go();
    }
    return Number.POSITIVE_INFINITY;
  }

  #linesByUrgency(): Waiter[][] {
    return [...this.#lines.values()].sort((a, b) => a[0].rank - b[0].rank);
  }

  #spend(charges: readonly Charge[], now: number): void {
    for (const { limit, weight } of charges) {
      const bucket = this.#bucket(limit.name);
      bucket.paidAt = Math.max(bucket.paidAt, now) + weight * msPerWeight(limit);
    }
  }

  /** When a charge can be afforded: once its burst covers it, or, for a charge above the burst, once nothing is owed. */
  #readyAt(charge: Charge): number {
    const { paidAt, frozenUntil } = this.#bucket(charge.limit.name);
    return Math.max(paidAt - leadMs(charge), frozenUntil);
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known !== undefined) return known;
    const bucket = { paidAt: Number.NEGATIVE_INFINITY, frozenUntil: Number.NEGATIVE_INFINITY };
    this.#buckets.set(name, bucket);
    return bucket;
  }
}

/** What all providers of this process draw on unless they are given a budget of their own. */
export const processRateBudget: RateBudget = new LocalRateBudget();
