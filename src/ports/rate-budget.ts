import type { Charge } from './charge.js';
import type { RequestOptions } from './data-provider.js';

/**
 * Which request goes first where several wait. Lists, and books and trades of candidates, are `urgent`, newest candles `tail`,
 * checks of what is known `audit`, history `fill`; in that order.
 */
export type RequestPriority = 'urgent' | 'tail' | 'audit' | 'fill';

/** What goes with a request for a part of a budget. */
export interface TakeOptions extends RequestOptions {
  /** @defaultValue 'tail' */
  readonly priority?: RequestPriority;
  /**
   * Longest freeze of a limit that is waited for, in milliseconds. A longer one ends the wait at once, also where it begins
   * only later.
   * @defaultValue Infinity
   */
  readonly patienceMs?: number;
}

/**
 * The right to send requests, shared by everybody who draws on the same limits: the providers of one process, or, through
 * an implementation of one's own, all processes behind one address.
 */
export interface RateBudget {
  /**
   * Waits until all charges can be afforded, then spends them.
   *
   * @throws ScannerError `aborted` when the signal aborts first, `rate_limit` when a limit is frozen for longer than the patience
   * lasts.
   */
  take(charges: readonly Charge[], options?: TakeOptions): Promise<void>;
  /** Spends nothing of a limit for so long: an exchange said to wait. A longer freeze that is on stays. */
  freeze(limitName: string, ms: number): void;
  /** How long a limit stays frozen, in milliseconds; 0 when it is not. */
  frozenFor(limitName: string): number;
}
