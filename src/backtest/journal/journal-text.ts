import { type JsonLines, type LineKind, readJsonLines } from '../json-lines.js';
import type { JournalEntry } from './journal-entry.js';

/** A journal's entries, and how many lines of it say nothing because a crash or a full disk cut them short. */
export interface JournalText {
  readonly entries: readonly JournalEntry[];
  readonly torn: number;
}

/**
 * Reads a journal, one JSON object a line. A line that was cut short is no entry, and counted; of entries told twice the first
 * counts.
 *
 * @throws ScannerError `bad_data` naming the first line that is neither a signal nor an outcome.
 */
export function readJournal(text: string): JournalText {
  const { values, torn }: JsonLines<JournalEntry> = readJsonLines(text.split('\n'), JOURNAL);
  const entries = new Map<string, JournalEntry>();
  for (const entry of values) {
    const key = entryKey(entry);
    if (!entries.has(key)) entries.set(key, entry);
  }
  return { entries: [...entries.values()], torn };
}

/** Equal for two tellings of the same signal, and of the same outcome. */
export function entryKey({ kind, id }: JournalEntry): string {
  return `${kind} ${id}`;
}

const SIGNAL_NUMBERS = [
  'time',
  'entryPrice',
  'takeProfit',
  'stopLoss',
  'horizonMs',
  'p',
  'noSkill',
  'cost',
] as const;

const OUTCOMES: readonly unknown[] = ['target', 'stop', 'timeout', 'void'];

/** What a journal holds. */
export const JOURNAL: LineKind<JournalEntry> = {
  file: 'journal',
  what: 'a signal or an outcome',
  isLine: isEntry,
};

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  const { kind, id, side, symbol, outcome, netReturn, endedAt } = fields;
  if (typeof id !== 'string') return false;
  if (kind === 'outcome') {
    return OUTCOMES.includes(outcome) && Number.isFinite(netReturn) && Number.isFinite(endedAt);
  }
  const isSided = side === 'long' || side === 'short';
  const isWhole = SIGNAL_NUMBERS.every((name) => Number.isFinite(fields[name]));
  return kind === 'signal' && typeof symbol === 'string' && isSided && isWhole;
}
