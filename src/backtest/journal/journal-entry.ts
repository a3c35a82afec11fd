import type { MarketSignal } from '../../scoring/signal.js';
import type { Outcome } from '../labels.js';

/** A signal as it was emitted. */
export interface SignalEntry {
  readonly kind: 'signal';
  /** Symbol and moment: a signal told twice is one signal. */
  readonly id: string;
  readonly symbol: string;
  /** The moment of the decision, epoch milliseconds. */
  readonly time: number;
  readonly side: 'long' | 'short';
  readonly score: number;
  readonly entryPrice: number;
  readonly takeProfit: number;
  readonly stopLoss: number;
  readonly horizonMs: number;
  /** Forecast chance of the target, and what the same levels would give without an opinion on direction. */
  readonly p: number;
  readonly noSkill: number;
  /** Fees, spread, slippage and funding of the round trip, as a fraction of the entry price. */
  readonly cost: number;
  readonly tradeable: boolean;
  /** What a second opinion said: its adjustment times its confidence, -1 to +1; absent where none was heard. */
  readonly ai?: number | undefined;
}

/** What became of a signal. */
export interface OutcomeEntry {
  readonly kind: 'outcome';
  readonly id: string;
  /** `void` where no entry was possible: the first price lay beyond the levels, or there are no candles. */
  readonly outcome: Outcome | 'void';
  /** Close of the candle that ended it, epoch milliseconds. */
  readonly endedAt: number;
  /** Return after the signal's own costs, as a fraction of the entry price; 0 for `void`. */
  readonly netReturn: number;
}

/** One line of a journal. */
export type JournalEntry = SignalEntry | OutcomeEntry;

/** A signal as a journal keeps it; `undefined` for one without a chance, which nothing can be learned from. */
export function signalEntry(signal: MarketSignal): SignalEntry | undefined {
  const { symbol, timestamp, direction, winProbability, ai } = signal;
  if (direction === 'neutral' || winProbability === undefined) return undefined;
  return {
    kind: 'signal',
    id: `${symbol} ${timestamp}`,
    symbol,
    time: timestamp,
    side: direction,
    score: signal.score,
    entryPrice: signal.entryPrice,
    takeProfit: signal.takeProfit,
    stopLoss: signal.stopLoss,
    horizonMs: winProbability.horizonMs,
    p: winProbability.value,
    noSkill: winProbability.noSkill,
    cost: signal.roundTripCost,
    tradeable: signal.tradeable,
    ...(ai !== undefined && { ai: ai.adjustment * ai.confidence }),
  };
}
