import type { BudgetLedger, Grant } from '../../src/executors/fleet/budget-ledger.js';
import { sleep } from '../../src/parallel/deadline.js';
import type { Timers } from '../../src/ports/clock.js';
import { AddressLedger } from './address-ledger.js';

/** What a Redis takes to do its work. */
export interface RedisCosts {
  /** Processor time of one request's grant, in milliseconds. */
  readonly grantMs: number;
  /** Processor time of one batch from the queue and back, in milliseconds. */
  readonly batchMs: number;
}

/** A Redis that does one thing after the other, as it does, and at a distance from those who ask it. */
export class VirtualRedis {
  readonly #timers: Timers;
  readonly #costs: RedisCosts;
  readonly #ledgers = new Map<string, AddressLedger>();
  #freeAt = 0;
  #busyMs = 0;
  #grants = 0;

  constructor(timers: Timers, costs: RedisCosts) {
    this.#timers = timers;
    this.#costs = costs;
  }

  /** How long it has worked, in milliseconds. */
  get busyMs(): number {
    return this.#busyMs;
  }

  /** How often it was asked for a grant. */
  get grants(): number {
    return this.#grants;
  }

  /** The ledger of an address, as somebody sees it to whom an answer takes so long. */
  ledger(address: string, roundTripMs: number): BudgetLedger {
    const ledger = this.#ledgers.get(address) ?? new AddressLedger();
    this.#ledgers.set(address, ledger);
    return {
      spend: async (charges): Promise<Grant> => {
        await sleep(roundTripMs / 2, this.#timers);
        await this.#work(this.#costs.grantMs);
        this.#grants++;
        const { isGranted, waitMs } = ledger.spend(charges, this.#timers.elapsed());
        await sleep(roundTripMs / 2, this.#timers);
        return { isGranted, waitMs, frozenMs: new Map() };
      },
      freeze: async (limitName, ms) => {
        await sleep(roundTripMs / 2, this.#timers);
        ledger.freeze(limitName, this.#timers.elapsed() + ms);
      },
    };
  }

  /** A batch goes to a worker. */
  async handOut(roundTripMs: number): Promise<void> {
    await sleep(roundTripMs / 2, this.#timers);
    await this.#work(this.#costs.batchMs);
    await sleep(roundTripMs / 2, this.#timers);
  }

  /** Waits until it has done what came before, and then this. */
  async #work(ms: number): Promise<void> {
    const now = this.#timers.elapsed();
    this.#freeAt = Math.max(this.#freeAt, now) + ms;
    this.#busyMs += ms;
    await sleep(this.#freeAt - now, this.#timers);
  }
}
