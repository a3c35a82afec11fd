import type { MarketPhase } from '../analysis/regime/market-phase.js';
import type { FactorReading } from './factor.js';

export type Direction = 'long' | 'short' | 'neutral';

export type RiskLevel = 'low' | 'medium' | 'high' | 'extreme';

/** What kind of chance a signal is. */
export type OpportunityType =
  | 'trend-continuation'
  | 'breakout'
  | 'pullback'
  | 'reversal'
  | 'range'
  | 'volume-surge'
  | 'none';

/** Everything that can be wrong or missing in the data behind a result. */
export const QUALITY_CODES = [
  'missing-timeframe',
  'short-history',
  'gaps',
  'stale',
  'zero-volume',
  'no-order-book',
  'thin-order-book',
  'no-trades',
  'suspect-units',
  'price-jump',
  'clock-skew',
  'served-from-cache',
] as const;

/** What was wrong or missing in the data behind a result; a closed list. */
export type QualityCode = (typeof QUALITY_CODES)[number];

/** One factor's part of a score; over a signal the `contribution`s sum to `bias`. */
export interface FactorContribution extends FactorReading {
  readonly factor: string;
  readonly reason: string;
  readonly weight: number;
  /** Signed share of the bias: `weight * confidence * bias` over the sum of `weight * confidence`. */
  readonly contribution: number;
}

/** One exact part of a score. Over a signal, the entries' `microPoints` add up to `score * 1e6`. */
export interface LedgerEntry {
  readonly kind: 'factor' | 'penalty' | 'cap' | 'ai' | 'rounding';
  readonly id: string;
  /** A whole number of millionths of a score. */
  readonly microPoints: number;
  readonly reason: string;
}

/** A calibrated chance that the target is reached before the stop and within the horizon. */
export interface WinProbability {
  readonly value: number;
  /** What a market without direction would give for the same stop, target and horizon. */
  readonly noSkill: number;
  /** Chance that neither is reached within the horizon. */
  readonly timeout: number;
  /** 95% interval, and the number of resolved events behind it. */
  readonly low: number;
  readonly high: number;
  readonly sampleSize: number;
  readonly horizonMs: number;
  /** Which model card produced it. */
  readonly model: string;
}

/**
 * What an AI scorer may do to a score: lower and raise it within bounds, only raise it as the original system did, be written
 * down without effect, or not be asked.
 */
export type AiMode = 'bounded' | 'seed' | 'shadow' | 'off';

/** One capability's answer about one signal. */
export interface AiAnswer {
  /** What was asked, such as `market_regime`. */
  readonly capability: string;
  /** How far the answer supports the signal's direction: -1 speaks against it, +1 for it. */
  readonly support: number;
  /** 0 to 1; 0 for a capability that was asked and gave nothing, which dilutes what the others say. */
  readonly confidence: number;
  /** Its say beside the others. @defaultValue 1 */
  readonly weight?: number | undefined;
  /** How old it is; an answer fades. @defaultValue 0 */
  readonly ageMs?: number | undefined;
  /** What it would leave of the position's size, 0.5 to 1. @defaultValue 1 */
  readonly sizeFactor?: number | undefined;
}

/** What an AI scorer says of one signal: in two numbers, or as answers that the scanner pools. */
export type AiOpinion = (
  | {
      /** -1 to +1; scaled by `confidence` and `maxAiAdjustment` before it touches a score. */
      readonly adjustment: number;
      /** 0 to 1. */
      readonly confidence: number;
    }
  | { readonly answers: readonly AiAnswer[] }
) & {
  /** Shown, cut at 160 characters, and never read by code. */
  readonly rationale: string;
  /** What to take of the position's size, 0.5 to 1. @defaultValue the least that an answer leaves, else 1 */
  readonly sizeFactor?: number | undefined;
};

/** An opinion brought within bounds, as a signal carries it. */
export interface AiVerdict {
  /** -1 to +1; scaled by `confidence` and `maxAiAdjustment` before it touches a score. */
  readonly adjustment: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** How far the answers were from each other, 0 to 1. */
  readonly dissent: number;
  readonly rationale: string;
  /** What was taken of the position's size, 0.5 to 1. */
  readonly sizeFactor: number;
  /** The answers it was pooled from; empty for an opinion in two numbers. */
  readonly answers: readonly AiAnswer[];
}

/** Where to get in and out, and how much. Prices lie on ticks, amounts on lots. */
export interface TradePlan {
  readonly entryPrice: number;
  readonly stopLoss: number;
  readonly takeProfit: number;
  /** Base amount whose loss at the stop is `riskFraction` of equity; `undefined` until `equity` is configured. */
  readonly positionSize: number | undefined;
  /** Fraction of equity at risk at the stop, after every cap. */
  readonly riskFraction: number;
  /** Notional of the position as a multiple of equity. */
  readonly notionalMultiple: number;
  /** What the target gains over what the stop loses, after fees and slippage. */
  readonly rewardToRisk: number;
  /** Fees, spread, slippage and funding of the round trip, as a fraction of the entry price. */
  readonly roundTripCost: number;
}

/** A ranked opportunity and the reasons for it. Arithmetic on the past, not advice. */
export interface MarketSignal extends TradePlan {
  readonly symbol: string;
  /** The moment the signal speaks of: the close of the newest candle used, epoch milliseconds. */
  readonly timestamp: number;
  readonly price: number;
  /** Quote volume over 24 hours; `undefined` where the source has none. */
  readonly volume: number | undefined;

  readonly direction: Direction;
  /** -1 to +1. */
  readonly bias: number;
  /** 0 to 1, after the AI adjustment if there was one. */
  readonly score: number;
  /** 0 to 1, before it. */
  readonly baseScore: number;
  /** Equal to `score` when an AI verdict was applied; absent otherwise. */
  readonly aiEnhancedScore: number | undefined;
  /** Where the score would lie whatever the missing data had said. */
  readonly scoreInterval: readonly [low: number, high: number];
  readonly confidence: number;
  /** Share of the asked-for evidence that was there, 0 to 1. */
  readonly coverage: number;

  readonly trendDirection: 'up' | 'down' | 'neutral';
  /** 0 to 1. */
  readonly trendStrength: number;
  /** How strongly volume supports the direction, -1 to +1. */
  readonly volumeScore: number | undefined;
  /** How strongly momentum supports the direction, -1 to +1. */
  readonly momentumScore: number | undefined;
  /** How strongly the order book and trades support the direction, -1 to +1. */
  readonly microstructureScore: number | undefined;
  readonly marketPhase: MarketPhase;
  readonly opportunityType: OpportunityType;
  readonly riskLevel: RiskLevel;

  /** Fraction of entry price, net of fees, spread, slippage and funding; `undefined` without a probability. */
  readonly expectedReturn: number | undefined;
  readonly winProbability: WinProbability | undefined;
  /** Forecast range over the round-trip cost. */
  readonly opportunity: number | undefined;
  /**
   * Whether the return is positive after costs even when opinions on direction count only as far as unseen data bear them out.
   * Only the model card's opinion counts, whatever the factors say: they choose the side and move the score, not the chance.
   */
  readonly tradeable: boolean;

  readonly ledger: readonly LedgerEntry[];
  readonly contributions: readonly FactorContribution[];
  /** Codes of what was wrong or missing in the data behind this signal. */
  readonly quality: readonly QualityCode[];
  /** Why an optional field is absent, by field name. */
  readonly absent: Readonly<Record<string, string>>;
  readonly ai: AiVerdict | undefined;
}
