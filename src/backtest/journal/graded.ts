import type { JournalEntry, OutcomeEntry, SignalEntry } from './journal-entry.js';

/** A signal and what became of it. */
export interface Graded {
  readonly signal: SignalEntry;
  readonly outcome: OutcomeEntry;
  readonly isHit: boolean;
}

/** The signals of a journal that were entered and have ended, in the order they ended. */
export function gradedSignals(entries: readonly JournalEntry[]): readonly Graded[] {
  const signals = new Map(
    entries.flatMap((entry) => (entry.kind === 'signal' ? [[entry.id, entry] as const] : [])),
  );
  return entries
    .flatMap((outcome): Graded[] => {
      const signal = signals.get(outcome.id);
      if (outcome.kind !== 'outcome' || outcome.outcome === 'void' || !signal) return [];
      return [{ signal, outcome, isHit: outcome.outcome === 'target' }];
    })
    .sort((a, b) => a.outcome.endedAt - b.outcome.endedAt || (a.signal.id < b.signal.id ? -1 : 1));
}

/** The signals of a journal that have no outcome yet. */
export function openSignals(entries: readonly JournalEntry[]): readonly SignalEntry[] {
  const ended = new Set(entries.flatMap(({ kind, id }) => (kind === 'outcome' ? [id] : [])));
  return entries.flatMap((entry) =>
    entry.kind === 'signal' && !ended.has(entry.id) ? [entry] : [],
  );
}
