import type { Market } from '../market/market.js';
import { floorToStep } from '../market/units.js';
import { influence } from './ai-influence.js';
import { exactMicroPoints, scoreOf } from './ledger.js';
import type { AiMode, AiVerdict, LedgerEntry, MarketSignal } from './signal.js';

const MICRO = 1e6;

/** How a verdict is applied. */
export interface VerdictTerms {
  /** Who gave the verdict; names the ledger entry. */
  readonly scorer: string;
  readonly mode: AiMode;
  /** Largest change of a score, 0 to 1. */
  readonly maxAdjustment: number;
  /** What the market says of amounts. */
  readonly market: Pick<Market, 'lotSize' | 'minNotional'>;
}

/**
 * A signal with a verdict's say in its score and, downward alone, in its size: direction and levels stay as they were.
 *
 * The score changes by `maxAdjustment` at most, stays in 0 to 1, and the ledger holds the change as an entry of its own, so that
 * the entries still add up. In `shadow` mode the entry says what the change would have been, and nothing else changes.
 */
export function applyVerdict(
  signal: MarketSignal,
  verdict: AiVerdict,
  terms: VerdictTerms,
): MarketSignal {
  if (terms.mode === 'off') return signal;
  if (terms.mode === 'shadow') return shadowed(signal, verdict, terms);
  const base = Math.round(signal.baseScore * MICRO);
  const points = movedPoints(base, influence(verdict, terms.mode, terms.maxAdjustment));
  const { ai, aiEnhancedScore, ...absent } = signal.absent;
  return {
    ...signal,
    ...shrunk(signal, verdict.sizeFactor, terms.market),
    score: scoreOf(points),
    aiEnhancedScore: scoreOf(points),
    // Adding 0 turns the -0 of an equal difference into 0.
    ledger: [...signal.ledger, entry(terms.scorer, points - base + 0, reasonOf(verdict))],
    ai: verdict,
    absent,
  };
}

function shadowed(
  signal: MarketSignal,
  verdict: AiVerdict,
  { scorer, maxAdjustment }: VerdictTerms,
): MarketSignal {
  const base = Math.round(signal.baseScore * MICRO);
  const change = scoreOf(movedPoints(base, influence(verdict, 'bounded', maxAdjustment)) - base);
  const reason = `in shadow: would change the score by ${change.toFixed(6)}; ${reasonOf(verdict)}`;
  const { ai, ...absent } = signal.absent;
  return {
    ...signal,
    ledger: [...signal.ledger, entry(scorer, 0, reason)],
    ai: verdict,
    absent: { ...absent, aiEnhancedScore: 'the AI scorer speaks in shadow alone' },
  };
}

function entry(id: string, microPoints: number, reason: string): LedgerEntry {
  return { kind: 'ai', id, microPoints, reason };
}

function reasonOf({ rationale }: AiVerdict): string {
  return rationale || 'no rationale was given';
}

function movedPoints(base: number, change: number): number {
  const points = base + Math.trunc(change * MICRO);
  return towards(base, Math.min(MICRO, Math.max(0, points)));
}

/** The nearest whole number to `points` on the way back to `base` that a score can carry exactly; `base` is one. */
function towards(base: number, points: number): number {
  const step = points < base ? 1 : -1;
  let exact = points;
  while (exact !== base && exactMicroPoints(exact) !== exact) exact += step;
  return exact;
}

type Size = Pick<MarketSignal, 'positionSize' | 'riskFraction' | 'notionalMultiple'>;

/** A smaller size, on a lot. A size that could be no order when made smaller stays as it is: it is small already. */
function shrunk(signal: MarketSignal, factor: number, market: VerdictTerms['market']): Size {
  const { positionSize, riskFraction, notionalMultiple, entryPrice } = signal;
  const whole = { positionSize, riskFraction, notionalMultiple };
  if (factor === 1) return whole;
  if (positionSize === undefined) {
    return {
      positionSize,
      riskFraction: riskFraction * factor,
      notionalMultiple: notionalMultiple * factor,
    };
  }
  const amount = Math.min(positionSize, floorToStep(positionSize * factor, market.lotSize));
  if (!(amount > 0) || amount * entryPrice < market.minNotional) {
    return whole;
  }
  const share = amount / positionSize;
  return {
    positionSize: amount,
    riskFraction: riskFraction * share,
    notionalMultiple: notionalMultiple * share,
  };
}
