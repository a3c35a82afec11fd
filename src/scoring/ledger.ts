import type { Composite } from './composite.js';
import { sentence } from './factor.js';
import { MAX_SPREAD_PENALTY, type Penalty } from './penalties.js';
import type { LedgerEntry } from './signal.js';
import { type Voice, voiceSentence } from './voices.js';

/** Micro-points in a score of 1. */
const MICRO = 1e6;

/**
 * The whole number of micro-points at or next below `microPoints` that a double carries both ways: as a score (divided by a
 * million) and back (times a million). One in forty whole numbers does not come back, by one unit in the last place; never
 * more than 14 in a row up to a million.
 */
export function exactMicroPoints(microPoints: number): number {
  let points = microPoints;
  while ((points / MICRO) * MICRO !== points) points--;
  return points;
}

/** The score before any AI adjustment, in micro-points: the strength of the bias less the penalties, never below 0. */
export function baseMicroPoints(bias: number, penalties: readonly Penalty[]): number {
  return exactMicroPoints(Math.max(0, strength(bias) - total(penalties)));
}

/** A score from micro-points; exact, and `score * 1e6` gives them back, for what {@link exactMicroPoints} returned. */
export function scoreOf(microPoints: number): number {
  return microPoints / MICRO;
}

/**
 * Where the score would lie whatever the missing evidence had said, widened outward to whole micro-points.
 *
 * @param spreadKnown - Whether the spread was there to be penalised; if not, the widest could have been.
 */
export function scoreInterval(
  { bias, biasInterval: [low, high] }: Composite,
  penalties: readonly Penalty[],
  spreadKnown: boolean,
): readonly [low: number, high: number] {
  const points = baseMicroPoints(bias, penalties);
  if (low === high && spreadKnown) return [scoreOf(points), scoreOf(points)];
  const known = total(penalties);
  const worst = known + (spreadKnown ? 0 : MAX_SPREAD_PENALTY);
  const nearest = low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
  const farthest = Math.max(Math.abs(low), Math.abs(high));
  // A score may sit a few micro-points below its rounded value, so the low end steps down as scores do.
  const floor = exactMicroPoints(Math.max(0, Math.floor(nearest * MICRO) - worst));
  const ceiling = Math.max(0, Math.ceil(farthest * MICRO) - known);
  return [scoreOf(Math.min(floor, points)), scoreOf(Math.max(ceiling, points))];
}

/**
 * Every part of a score as whole micro-points that add up to `score * 1e6` exactly.
 *
 * Factor entries are signed towards the direction of the bias; a factor that abstained has an entry of 0 that says why.
 * Without a `cap` entry, dropping a penalty's entry gives the score without that penalty, and dropping a factor's entry the
 * score had that factor been as sure but neutral, both to within the `rounding` entries of the two ledgers. (Leaving a
 * factor out altogether is another question: the others would then share its weight.)
 */
export function ledgerOf(
  voices: readonly Voice[],
  { bias, heard }: Composite,
  penalties: readonly Penalty[],
): readonly LedgerEntry[] {
  const towards = bias < 0 ? -1 : 1;
  const entries: LedgerEntry[] = voices.map((voice) => ({
    kind: 'factor',
    id: voice.factor.id,
    microPoints: whole(towards * contribution(voice, heard) * MICRO),
    reason: voiceSentence(voice),
  }));
  for (const { id, microPoints, reason } of penalties) {
    entries.push({ kind: 'penalty', id, microPoints: -microPoints, reason: sentence(reason) });
  }
  const excess = total(penalties) - strength(bias);
  if (excess > 0) {
    const reason = 'penalties cannot take a score below 0';
    entries.push({ kind: 'cap', id: 'floor', microPoints: excess, reason });
  }
  const rest =
    baseMicroPoints(bias, penalties) - entries.reduce((sum, entry) => sum + entry.microPoints, 0);
  if (rest !== 0) {
    const reason = 'entries are whole micro-points';
    entries.push({ kind: 'rounding', id: 'rounding', microPoints: rest, reason });
  }
  return entries;
}

/** A voice's signed share of the bias; 0 when it abstained. */
export function contribution({ factor, reading }: Voice, heard: number): number {
  if (reading === undefined || heard === 0) return 0;
  return (factor.weight * reading.confidence * reading.bias) / heard;
}

function strength(bias: number): number {
  return Math.round(Math.abs(bias) * MICRO);
}

function total(penalties: readonly Penalty[]): number {
  return penalties.reduce((sum, { microPoints }) => sum + microPoints, 0);
}

// `Math.round` gives -0 for small negatives, which JSON and `Object.is` would show.
function whole(value: number): number {
  return Math.round(value) + 0;
}
