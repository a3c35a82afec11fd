import type { Direction } from './signal.js';
import type { Voice } from './voices.js';

/** The common opinion of all factors that were asked. */
export interface Composite {
  /** `sum(w c b) / sum(w c)` over the readings, -1 to +1; 0 when nobody has anything to say. */
  readonly bias: number;
  /** Where `bias` would lie whatever the missing evidence had said. */
  readonly biasInterval: readonly [low: number, high: number];
  /** `sum(w c) / sum(w)` over every factor that was asked, 0 to 1: silence lowers it. */
  readonly confidence: number;
  /** Share of the asked-for evidence that was there, by weight, 0 to 1. */
  readonly coverage: number;
  /** `sum(w c)`: what each weighted reading is divided by to give its contribution. */
  readonly heard: number;
}

/**
 * Weighs the voices, in their order, into one opinion.
 *
 * A missing voice of weight `w` could have added any `w c b` with `b` in -1 to +1 and `c` in 0 to 1, so the bias could have
 * moved as far as full confidence at either end would take it. A reading with coverage `e` counts as heard for `e` of its
 * weight and as missing for the rest.
 */
export function composite(voices: readonly Voice[]): Composite {
  let asked = 0;
  let heard = 0;
  let pull = 0;
  let present = 0;
  let certainHeard = 0;
  let certainPull = 0;
  for (const { factor, reading } of voices) {
    const { weight } = factor;
    asked += weight;
    if (reading === undefined) continue;
    const { bias, confidence, coverage = 1 } = reading;
    const say = weight * confidence;
    heard += say;
    pull += say * bias;
    present += weight * coverage;
    certainHeard += say * coverage;
    certainPull += say * coverage * bias;
  }
  const bias = share(pull, heard);
  return {
    bias,
    biasInterval: biasInterval(bias, certainPull, certainHeard, Math.max(0, asked - present)),
    confidence: share(heard, asked),
    coverage: share(present, asked),
    heard,
  };
}

function biasInterval(
  bias: number,
  pull: number,
  heard: number,
  missing: number,
): readonly [low: number, high: number] {
  if (missing === 0) return [bias, bias];
  const low = share(pull - missing, heard + missing);
  const high = share(pull + missing, heard + missing);
  // The bias itself is one of the cases; rounding must not leave it outside.
  return [Math.max(-1, Math.min(low, bias)), Math.min(1, Math.max(high, bias))];
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** The least bias that is a direction: half a millionth, what rounds to a score above 0. */
export const LEAST_BIAS = 0.5e-6;

/** Which way a bias points; `neutral` below {@link LEAST_BIAS}. */
export function directionOf(bias: number): Direction {
  if (Math.abs(bias) < LEAST_BIAS) return 'neutral';
  return bias > 0 ? 'long' : 'short';
}
