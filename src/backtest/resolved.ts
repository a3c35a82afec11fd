import type { Decision } from './decisions.js';
import { type Horizon, horizonAfter, realizedMove } from './labels.js';

/** A decision whose horizon has been seen to its end. */
export interface Resolved {
  readonly decision: Decision;
  /** The base candles of the horizon. */
  readonly horizon: Horizon;
  /** Realised variance and range of the fast candles. */
  readonly variance: number;
  readonly range: number;
}

export const FAST_MS = 300_000;

/** A horizon may lack this share of its candles before what it realised is no longer comparable. */
const MOST_MISSING = 0.05;

/** The decisions of which the horizon is known, with what it brought. */
export function resolve(decisions: readonly Decision[], horizonMs: number): readonly Resolved[] {
  const resolved: Resolved[] = [];
  for (const decision of decisions) {
    const { base, baseMs, fast } = decision.history;
    const horizon = horizonAfter(base, baseMs, decision.time, horizonMs);
    const measured = horizonAfter(fast, FAST_MS, decision.time, horizonMs);
    if (horizon === undefined || measured === undefined || measured.from === 0) continue;
    const candles = horizonMs / FAST_MS;
    if (measured.to - measured.from < (1 - MOST_MISSING) * candles) continue;
    const { variance, range } = realizedMove(fast, measured);
    if (variance > 0) resolved.push({ decision, horizon, variance, range });
  }
  return resolved;
}

/** About `most` rows, evenly spread. */
export function thin<T>(rows: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.floor(rows.length / most));
  return rows.filter((_, i) => i % step === 0);
}
