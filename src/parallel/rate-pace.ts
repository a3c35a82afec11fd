import { quote, ScannerError } from '../errors.js';
import type { Charge, RateLimit } from '../ports/charge.js';
import type { RequestPriority } from '../ports/rate-budget.js';

/** The share of an official limit that is spent. */
const SPENT_SHARE = 0.8;
/**
 * The share that may go out at once. With the steady share it makes 90 % of a limit in any stretch of its length: the rest
 * is for requests that the network delays unequally, so that more of them arrive within a stretch than left within one.
 */
const BURST_SHARE = 0.1;

/** Who goes first among those who wait. */
const RANK: Readonly<Record<RequestPriority, number>> = { urgent: 0, tail: 1, audit: 2, fill: 3 };

/** Somebody who waits for a part of a budget. */
export interface Waiting {
  readonly charges: readonly Charge[];
  /** By urgency, the most urgent at 0. */
  readonly rank: number;
  /** Longest freeze that is waited for. */
  readonly patienceMs: number;
}

/** How urgent a request is, from 0. */
export function rankOf(priority: RequestPriority): number {
  return RANK[priority];
}

/** Who draws on the same limits waits in the same line. */
export function lineOf({ charges }: Waiting): string {
  return charges.map(({ limit }) => limit.name).join();
}

/** Puts somebody behind those who are as urgent, or more. */
export function joinLine<W extends Waiting>(line: W[], waiting: W): void {
  const place = line.findIndex(({ rank }) => rank > waiting.rank);
  line.splice(place < 0 ? line.length : place, 0, waiting);
}

/** How long it takes to earn one unit of weight. */
export function msPerWeight({ weight, perMs }: RateLimit): number {
  return perMs / (weight * SPENT_SHARE);
}

/** How long before all that was spent is earned again a charge may go out: its burst, less itself. */
export function leadMs({ limit, weight }: Charge): number {
  return (Math.max(weight, BURST_SHARE * limit.weight) - weight) * msPerWeight(limit);
}

/** How long it takes until so much of a limit can have been spent, when nothing of it is spent otherwise, in milliseconds. */
export function timeToSpend(limit: RateLimit, weight: number): number {
  return Math.max(0, weight - BURST_SHARE * limit.weight) * msPerWeight(limit);
}

/** The error of somebody who does not wait for the end of a freeze; `undefined` where nothing is frozen for so long. */
export function impatience(
  { charges, patienceMs }: Waiting,
  frozenFor: (limitName: string) => number,
): ScannerError | undefined {
  const ms = Math.max(...charges.map(({ limit }) => frozenFor(limit.name)));
  if (ms <= patienceMs) return undefined;
  const message = `a limit is frozen for ${Math.ceil(ms / 1000)} s, and ${Math.ceil(patienceMs)} ms are waited for it`;
  return new ScannerError('rate_limit', message);
}

/** @throws ScannerError `config` for a charge that is none. */
export function requireWeights(charges: readonly Charge[]): void {
  for (const { weight } of charges) {
    if (weight > 0 && Number.isFinite(weight)) continue;
    throw new ScannerError('config', `a charge must be finite and above 0, was ${quote(weight)}`);
  }
}
