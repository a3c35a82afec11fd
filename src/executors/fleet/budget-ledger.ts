import type { Charge } from '../../ports/charge.js';

/** What a ledger says to somebody who wants to spend. */
export interface Grant {
  /** Whether the moment in `waitMs` is reserved; otherwise it is when to ask again. */
  readonly isGranted: boolean;
  readonly waitMs: number;
  /** How long limits stay frozen, of those that are. */
  readonly frozenMs: ReadonlyMap<string, number>;
}

/** Where all processes behind one address write down what they spend. */
export interface BudgetLedger {
  /** Asks for the right to send a request. Rejects while the ledger is away. */
  spend(charges: readonly Charge[]): Promise<Grant>;
  /** Has nobody spend of a limit for so long; a longer freeze that is on stays. Rejects while the ledger is away. */
  freeze(limitName: string, ms: number): Promise<void>;
}

/** Nobody reserves a moment further away: who reserved and then was stopped has wasted it. */
export const HORIZON_MS = 1_000;
