import type { LedgerEntry, MarketSignal } from '../scoring/signal.js';
import type { ScanReport } from './scan-report.js';

/** By how much one entry of a ledger moved a score. */
export interface ScorePart {
  readonly kind: LedgerEntry['kind'];
  readonly id: string;
  /** A whole number of millionths of a score; what the entry was not there for counts as 0. */
  readonly microPoints: number;
}

/** How one symbol's score and rank moved from one report to another. */
export interface ScoreChange {
  readonly symbol: string;
  /** From 1; `undefined` where the report has no signal of the symbol, whose score then counts as 0. */
  readonly rankBefore: number | undefined;
  readonly rankAfter: number | undefined;
  /** The sum of the parts: the difference of the scores in millionths. */
  readonly microPoints: number;
  /** What moved it, the largest first. */
  readonly parts: readonly ScorePart[];
}

/**
 * Which entry of the ledger moved which score between two reports, and which rank with it; symbols that did not change are
 * left out.
 *
 * The parts of a symbol add up to the difference of its scores exactly, in whole millionths. A signal that turned has its
 * factors signed towards its direction in each report, as its ledgers do.
 *
 * @returns By rank in the later report, then by rank in the earlier one.
 */
export function scoreChanges(before: ScanReport, after: ScanReport): readonly ScoreChange[] {
  const old = new Map(before.signals.map((signal, i) => [signal.symbol, { signal, rank: i + 1 }]));
  const now = new Map(after.signals.map((signal, i) => [signal.symbol, { signal, rank: i + 1 }]));
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((symbol) => {
    const was = old.get(symbol);
    const is = now.get(symbol);
    const parts = partsOf(was?.signal, is?.signal);
    if (parts.length === 0 && was?.rank === is?.rank) return [];
    const microPoints = parts.reduce((sum, part) => sum + part.microPoints, 0);
    return [{ symbol, rankBefore: was?.rank, rankAfter: is?.rank, microPoints, parts }];
  });
}

function partsOf(
  before: MarketSignal | undefined,
  after: MarketSignal | undefined,
): readonly ScorePart[] {
  const parts = new Map<string, ScorePart>();
  const add = ({ kind, id, microPoints }: LedgerEntry, sign: 1 | -1): void => {
    const key = `${kind} ${id}`;
    const sum = (parts.get(key)?.microPoints ?? 0) + sign * microPoints;
    parts.set(key, { kind, id, microPoints: sum });
  };
  for (const entry of before?.ledger ?? []) add(entry, -1);
  for (const entry of after?.ledger ?? []) add(entry, 1);
  return [...parts.values()]
    .filter(({ microPoints }) => microPoints !== 0)
    .sort((a, b) => Math.abs(b.microPoints) - Math.abs(a.microPoints) || (a.id < b.id ? -1 : 1));
}
