import { sleep } from '../../src/parallel/deadline.js';
import type { Charge } from '../../src/ports/charge.js';
import type { Timers } from '../../src/ports/clock.js';
import { SlidingWindow } from '../../test/stand-in-exchange/sliding-window.js';

/** An exchange that counts what each address asks against its limits, and refuses what is too much. */
export class VirtualExchange {
  readonly #timers: Timers;
  readonly #latencyMs: number;
  readonly #jitterMs: number;
  readonly #random: () => number;
  readonly #windows = new Map<string, SlidingWindow>();
  #requests = 0;
  #refused = 0;

  /**
   * @param latencyMs - From a request to its answer.
   * @param jitterMs - By how much longer a request may be on its way, drawn with `random` from 0 to 1.
   */
  constructor(timers: Timers, latencyMs: number, jitterMs: number, random: () => number) {
    this.#timers = timers;
    this.#latencyMs = latencyMs;
    this.#jitterMs = jitterMs;
    this.#random = random;
  }

  get requests(): number {
    return this.#requests;
  }

  get refused(): number {
    return this.#refused;
  }

  /** Sends a request; whether it was answered and not refused. */
  async ask(address: string, charges: readonly Charge[]): Promise<boolean> {
    await sleep(this.#latencyMs / 2 + this.#random() * this.#jitterMs, this.#timers);
    const isAdmitted = charges
      .map((charge) => this.#window(address, charge).admit(this.#timers.elapsed(), charge.weight))
      .every(Boolean);
    this.#requests++;
    if (!isAdmitted) this.#refused++;
    await sleep(this.#latencyMs / 2, this.#timers);
    return isAdmitted;
  }

  #window(address: string, { limit }: Charge): SlidingWindow {
    const key = `${address} ${limit.name}`;
    const window = this.#windows.get(key) ?? new SlidingWindow(limit.weight, limit.perMs);
    this.#windows.set(key, window);
    return window;
  }
}
