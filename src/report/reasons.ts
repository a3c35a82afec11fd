import type { LedgerEntry, MarketSignal } from '../scoring/signal.js';
import { columnsOf, cut, printable } from './columns.js';
import { signedText } from './quantity.js';

/** The entries of a ledger that moved the score, strongest first; ties in ledger order. */
export function strongest(ledger: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return ledger
    .filter(({ microPoints }) => microPoints !== 0)
    .sort((a, b) => Math.abs(b.microPoints) - Math.abs(a.microPoints));
}

/** Millionths of a score as a signed score. */
export function pointsText(microPoints: number, digits = 2): string {
  return signedText(microPoints / 1e6, digits);
}

/** A signal's reasons on one line of at most `width` columns: the strongest in words, then as many others by name as fit. */
export function reasonLine(signal: MarketSignal, width: number): string {
  const [first, ...others] = strongest(signal.ledger);
  if (first === undefined) return '';
  const head = `${first.id} ${pointsText(first.microPoints)}`;
  const room = width - ROOM_FOR_A_NAME - head.length - 2;
  const reason = room >= SHORTEST_REASON ? `: ${cut(printable(first.reason), room)}` : '';
  let line = head + reason;
  for (const { id, microPoints } of others) {
    const next = `${line} | ${id} ${pointsText(microPoints)}`;
    if (Math.abs(microPoints) < LEAST_POINTS || columnsOf(next) > width) break;
    line = next;
  }
  return cut(line, width);
}

// The words leave as much as ` | momentum +0.06` takes.
const ROOM_FOR_A_NAME = 18;

// Fewer letters than this say nothing.
const SHORTEST_REASON = 16;

// What two decimals show as zero explains nothing.
const LEAST_POINTS = 5_000;
