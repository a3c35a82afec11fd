import type { Outcome } from './labels.js';

/** One position from its signal to its end. */
export interface Trade {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  /** The moment of the decision, epoch milliseconds. */
  readonly decidedAt: number;
  readonly score: number;
  /** Chance of the target that was forecast, and what a market without direction would give; `undefined` where unknown. */
  readonly winProbability: number | undefined;
  readonly noSkill: number | undefined;
  readonly tradeable: boolean;
  readonly amount: number;
  /** Distances of target and stop from the planned entry, as fractions of it. */
  readonly target: number;
  readonly stop: number;
  readonly entryTime: number;
  readonly entryPrice: number;
  readonly exitTime: number;
  readonly exitPrice: number;
  readonly outcome: Outcome;
  /** Whether the candle that ended it reached both levels. */
  readonly reachedBoth: boolean;
  /** Whether no finer candle could tell which came first, so that the stop is an assumption. */
  readonly ambiguous: boolean;
  /** Return before costs, as a fraction of what was put in: from the candles' own prices. */
  readonly grossReturn: number;
  /** After fees, spread, slippage and funding. */
  readonly netReturn: number;
  /** In quote currency, after costs. */
  readonly profit: number;
}
