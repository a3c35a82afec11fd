import { exactMicroPoints, scoreOf } from './ledger.js';
import type { AiVerdict, MarketSignal } from './signal.js';

const MICRO = 1e6;

/** The most of a rationale that is kept. */
const RATIONALE_LENGTH = 160;

/**
 * A verdict as it came from outside, brought within bounds: numbers clamped, text on one line and cut at 160 characters.
 * `undefined` when it holds no numbers to clamp.
 */
export function boundedVerdict(verdict: unknown): AiVerdict | undefined {
  if (typeof verdict !== 'object' || verdict === null) return undefined;
  const { adjustment, confidence, rationale } = verdict as Partial<
    Record<keyof AiVerdict, unknown>
  >;
  if (!isNumber(adjustment) || !isNumber(confidence)) return undefined;
  return {
    adjustment: Math.min(1, Math.max(-1, adjustment)),
    confidence: Math.min(1, Math.max(0, confidence)),
    rationale: typeof rationale === 'string' ? oneLine(rationale) : '',
  };
}

/**
 * A signal with a verdict's say in its score, and in nothing else: direction, levels and size stay as they were.
 *
 * The score changes by `adjustment * confidence * maxAdjustment` at most, stays in 0 to 1, and the ledger holds the change as
 * an entry of its own, so that the entries still add up.
 *
 * @param scorer - Who gave the verdict; names the ledger entry.
 * @param maxAdjustment - Largest change, 0 to 1.
 */
export function applyVerdict(
  signal: MarketSignal,
  verdict: AiVerdict,
  scorer: string,
  maxAdjustment: number,
): MarketSignal {
  const base = Math.round(signal.baseScore * MICRO);
  const change = Math.trunc(verdict.adjustment * verdict.confidence * maxAdjustment * MICRO);
  const points = towards(base, Math.min(MICRO, Math.max(0, base + change)));
  const { ai, aiEnhancedScore, ...absent } = signal.absent;
  const reason = verdict.rationale || 'no rationale was given';
  return {
    ...signal,
    score: scoreOf(points),
    aiEnhancedScore: scoreOf(points),
    ledger: [
      ...signal.ledger,
      // Adding 0 turns the -0 of an equal difference into 0.
      { kind: 'ai', id: scorer, microPoints: points - base + 0, reason },
    ],
    ai: verdict,
    absent,
  };
}

/** The nearest whole number to `points` on the way back to `base` that a score can carry exactly; `base` is one. */
function towards(base: number, points: number): number {
  const step = points < base ? 1 : -1;
  let exact = points;
  while (exact !== base && exactMicroPoints(exact) !== exact) exact += step;
  return exact;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

// Control characters, direction marks and line breaks could dress a text up as something else in a terminal.
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, RATIONALE_LENGTH);
}
