import { readJsonLine } from '../json-line.js';
import type { JournalEntry } from './journal-entry.js';

/** A journal's lines, and what a crash left of the last one. */
export interface JournalText {
  readonly entries: readonly JournalEntry[];
  /** The text up to the end of the last whole line. */
  readonly whole: string;
  /** Whether something was cut off behind it. */
  readonly torn: boolean;
}

/**
 * Reads a journal, one JSON object a line. A last line without an end is what a crash left of a write; it is no entry.
 *
 * @throws ScannerError `bad_data` naming the first line that is neither a signal nor an outcome.
 */
export function readJournal(text: string): JournalText {
  const end = text.lastIndexOf('\n') + 1;
  const whole = text.slice(0, end);
  const entries = whole.split('\n').slice(0, -1).map(readEntry);
  return { entries, whole, torn: end < text.length };
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

function readEntry(line: string, index: number): JournalEntry {
  return readJsonLine(line, isEntry, { file: 'journal', what: 'a signal or an outcome', index });
}

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
