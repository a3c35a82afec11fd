import type { AiAnswer, AiMode, AiVerdict } from './signal.js';

/** After so long an answer counts for `1 / e` of what it did when it was fresh. */
const FADING_MS = 600_000;
/** A warning moves a score half as far again as praise of the same strength: to stay out costs nothing. */
const WARNING = 1.5;

/**
 * What several answers amount to.
 *
 * With `c` an answer's confidence times `exp(-age / 10 min)`, `w` its weight and `a` its support:
 *
 * ```text
 * confidence = sum(w c) / sum(w)                  what was not answered dilutes
 * mean       = sum(w c a) / sum(w c)
 * dissent    = sum(w c |a - mean|) / sum(w c)     0 when all agree, 1 when they are split
 * adjustment = mean * (1 - dissent)
 * ```
 *
 * so that a split jury moves little however sure it is, and one of many cannot move much alone.
 *
 * @param answers - One for each capability that was asked, with confidence 0 where none came; numbers within their bounds.
 */
export function poolAnswers(
  answers: readonly AiAnswer[],
): Pick<AiVerdict, 'adjustment' | 'confidence' | 'dissent'> {
  const voices = answers.map(({ support, confidence, weight = 1, ageMs = 0 }) => ({
    support,
    weight,
    say: weight * confidence * freshness(ageMs),
  }));
  const say = sum(voices, (voice) => voice.say);
  if (!(say > 0)) return { adjustment: 0, confidence: 0, dissent: 0 };
  const mean = sum(voices, (voice) => voice.say * voice.support) / say;
  const spread = sum(voices, (voice) => voice.say * Math.abs(voice.support - mean)) / say;
  const dissent = clamp(spread, 0, 1);
  return {
    adjustment: clamp(mean * (1 - dissent), -1, 1),
    confidence: clamp(say / sum(voices, ({ weight }) => weight), 0, 1),
    dissent,
  };
}

/**
 * How far a verdict moves a score under a mode, before the score is kept within 0 to 1: up by `maxAdjustment` at most, and down by
 * half as much again, for what speaks against a trade counts for more than what speaks for it.
 *
 * One answer of support 1 moves it by `maxAdjustment * confidence`, in `bounded` and in `seed`: the original system's
 * `min(1, score + 0.1 * confidence)`.
 */
export function influence(
  { adjustment, confidence }: Pick<AiVerdict, 'adjustment' | 'confidence'>,
  mode: AiMode,
  maxAdjustment: number,
): number {
  if (mode === 'off' || mode === 'shadow') return 0;
  const effect = adjustment * confidence * maxAdjustment;
  if (effect > 0) return effect;
  return mode === 'seed' ? 0 : WARNING * effect;
}

/** What age leaves of an answer, 1 to 0. */
export function freshness(ageMs: number): number {
  return Math.exp(-ageMs / FADING_MS);
}

/** `value`, or the bound it lies beyond. */
export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
