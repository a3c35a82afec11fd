import type { Timeframe } from '../market/timeframe.js';

/** What turns readings into a plan and a portfolio; part of the scanner's configuration. */
export interface ScoringSettings {
  /** The timeframe of stops, targets, market phase and volume profile. */
  readonly planTimeframe: Timeframe;
  /** Smallest score a signal may have, 0 to 1. */
  readonly minScore: number;
  /** Smallest confidence a signal may have, 0 to 1. */
  readonly minConfidence: number;
  /** Smallest reward-to-risk ratio a plan may have, after costs. */
  readonly minRewardToRisk: number;
  /** Most signals in one report. */
  readonly maxPositions: number;
  /** Fraction of equity risked per trade. */
  readonly riskPerTrade: number;
  /** Largest sum of `riskFraction` over the signals of one report, as a fraction of equity. */
  readonly maxTotalRisk: number;
  /** Largest notional of one position, as a multiple of equity. */
  readonly maxPositionNotional: number;
  /** Largest sum of notionals over the signals of one report, as a multiple of equity. */
  readonly maxGrossNotional: number;
  /** Quote currency available; sizes are omitted without it. */
  readonly equity: number | undefined;
}
