import type { ScannerError } from '../../errors.js';
import { abortedError, sleep } from '../../parallel/deadline.js';
import { onAbort } from '../../parallel/on-abort.js';
import {
  impatience,
  joinLine,
  lineOf,
  rankOf,
  requireWeights,
  type Waiting,
} from '../../parallel/rate-pace.js';
import type { Charge } from '../../ports/charge.js';
import type { Timers } from '../../ports/clock.js';
import type { RateBudget, TakeOptions } from '../../ports/rate-budget.js';
import type { BudgetLedger, Grant } from './budget-ledger.js';

/** What a budget is shared through. */
export interface SharedRateBudgetOptions {
  readonly ledger: BudgetLedger;
  readonly timers: Timers;
  /** What is spent of while the ledger is away; without it everybody waits for the ledger. */
  readonly alone?: RateBudget | undefined;
}

/** How long a ledger is left alone that did not answer. */
const PAUSE_MS = 250;
/** How many of one line ask at once: two, so that the way to the ledger and back is no pause between requests. */
const ASKING = 2;

interface Waiter extends Waiting {
  readonly signal: AbortSignal | undefined;
  readonly go: () => void;
  readonly fail: (error: ScannerError) => void;
}

interface Line {
  readonly waiting: Waiter[];
  asking: number;
}

/** One process' part in a budget that is kept in a ledger: its own wait by urgency, and ask one after the other. */
export class SharedRateBudget implements RateBudget {
  readonly #ledger: BudgetLedger;
  readonly #timers: Timers;
  readonly #alone: RateBudget | undefined;
  readonly #lines: Map<string, Line> = new Map();
  readonly #frozenUntil: Map<string, number> = new Map();
  #awayUntil = Number.NEGATIVE_INFINITY;

  constructor({ ledger, timers, alone }: SharedRateBudgetOptions) {
    this.#ledger = ledger;
    this.#timers = timers;
    this.#alone = alone;
  }

  take(charges: readonly Charge[], options: TakeOptions = {}): Promise<void> {
    const { signal, priority = 'tail', patienceMs = Number.POSITIVE_INFINITY } = options;
    requireWeights(charges);
    if (signal?.aborted) return Promise.reject(abortedError(signal));
    return new Promise((resolve, reject) => {
      const stopListening = onAbort(signal, () => {
        this.#leave(waiter);
        reject(abortedError(signal));
      });
      const go = (): void => {
        stopListening();
        resolve();
      };
      const fail = (error: ScannerError): void => {
        stopListening();
        reject(error);
      };
      const waiter: Waiter = { charges, rank: rankOf(priority), patienceMs, signal, go, fail };
      const line = this.#lines.get(lineOf(waiter)) ?? { waiting: [], asking: 0 };
      this.#lines.set(lineOf(waiter), line);
      joinLine(line.waiting, waiter);
      this.#serve(line);
    });
  }

  freeze(limitName: string, ms: number): void {
    this.#rememberFrozen(limitName, ms);
    this.#alone?.freeze(limitName, ms);
    // Without the ledger each process keeps to what it was told itself.
    this.#ledger.freeze(limitName, ms).catch(() => {});
  }

  frozenFor(limitName: string): number {
    return Math.max(0, (this.#frozenUntil.get(limitName) ?? 0) - this.#timers.elapsed());
  }

  /** Has the first of a line ask, as many as may at once. */
  #serve(line: Line): void {
    while (line.asking < ASKING && line.waiting.length > 0) {
      const waiter = line.waiting.shift() as Waiter;
      line.asking++;
      void this.#admit(waiter).finally(() => {
        line.asking--;
        this.#serve(line);
      });
    }
  }

  #leave(waiter: Waiter): void {
    const line = this.#lines.get(lineOf(waiter))?.waiting ?? [];
    const place = line.indexOf(waiter);
    if (place >= 0) line.splice(place, 1);
  }

  /** Asks until a moment is granted, and waits for it. */
  async #admit(waiter: Waiter): Promise<void> {
    const { charges, signal, go, fail } = waiter;
    while (!signal?.aborted) {
      const { isGranted, waitMs } = await this.#ask(charges);
      const error = impatience(waiter, (name) => this.frozenFor(name));
      if (error !== undefined) return fail(error);
      await sleep(waitMs, this.#timers, signal);
      // An exchange may have asked for a pause in the meantime.
      if (isGranted && charges.every(({ limit }) => this.frozenFor(limit.name) === 0)) return go();
    }
  }

  async #ask(charges: readonly Charge[]): Promise<Pick<Grant, 'isGranted' | 'waitMs'>> {
    if (this.#timers.elapsed() < this.#awayUntil) return this.#without(charges);
    try {
      const grant = await this.#ledger.spend(charges);
      for (const [name, ms] of grant.frozenMs) this.#rememberFrozen(name, ms);
      return grant;
    } catch {
      this.#awayUntil = this.#timers.elapsed() + PAUSE_MS;
      return this.#without(charges);
    }
  }

  async #without(charges: readonly Charge[]): Promise<Pick<Grant, 'isGranted' | 'waitMs'>> {
    if (this.#alone === undefined) return { isGranted: false, waitMs: PAUSE_MS };
    await this.#alone.take(charges);
    return { isGranted: true, waitMs: 0 };
  }

  #rememberFrozen(limitName: string, ms: number): void {
    const until = Math.max(this.#frozenUntil.get(limitName) ?? 0, this.#timers.elapsed() + ms);
    this.#frozenUntil.set(limitName, until);
  }
}
