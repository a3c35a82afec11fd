import { HORIZON_MS } from '../../src/executors/fleet/budget-ledger.js';
import { leadMs, msPerWeight } from '../../src/parallel/rate-pace.js';
import type { Charge } from '../../src/ports/charge.js';

/** A moment that is reserved, or when to ask again. */
export interface Answer {
  readonly isGranted: boolean;
  readonly waitMs: number;
}

/** What Redis does for one address, without Redis: the budget's script in TypeScript. A test holds one to the other. */
export class AddressLedger {
  readonly #paidAt = new Map<string, number>();
  readonly #frozenUntil = new Map<string, number>();

  spend(charges: readonly Charge[], now: number): Answer {
    const frozen = charges.map(({ limit }) => this.#frozenUntil.get(limit.name) ?? now);
    const thawed = Math.max(now, ...frozen);
    if (thawed > now) return { isGranted: false, waitMs: thawed - now };
    const paid = charges.map(({ limit }) => this.#paidAt.get(limit.name) ?? 0);
    const start = Math.max(now, ...charges.map((charge, i) => paid[i] - leadMs(charge)));
    const waitMs = start - now;
    if (waitMs > HORIZON_MS) return { isGranted: false, waitMs: waitMs - HORIZON_MS / 2 };
    for (const [i, { limit, weight }] of charges.entries()) {
      this.#paidAt.set(limit.name, Math.max(paid[i], start) + weight * msPerWeight(limit));
    }
    return { isGranted: true, waitMs };
  }

  freeze(limitName: string, until: number): void {
    this.#frozenUntil.set(limitName, Math.max(this.#frozenUntil.get(limitName) ?? 0, until));
  }
}
