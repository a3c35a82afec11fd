import type { Timeframe } from '../market/timeframe.js';

/** What turns readings into a plan and a portfolio; part of the scanner's configuration. */
export interface ScoringSettings {
  /** The timeframe of stops, targets, market phase and volume profile. @defaultValue '1h' */
  readonly planTimeframe: Timeframe;
  /** Smallest score a signal may have, 0 to 1. @defaultValue 0.25 */
  readonly minScore: number;
  /** Smallest confidence a signal may have, 0 to 1. @defaultValue 0.2 */
  readonly minConfidence: number;
  /** Distance of the stop from the entry in average true ranges, before structure moves it. @defaultValue 2 */
  readonly stopAtrMultiple: number;
  /** Distance of the target from the entry in distances of the stop, before structure moves it. @defaultValue 2 */
  readonly targetRewardToRisk: number;
  /** How long a position may stay open, in milliseconds; what its chances are asked for. @defaultValue 86_400_000 */
  readonly horizonMs: number;
  /** Whether an opinion on direction may move a chance; without it chances are those of no skill. @defaultValue true */
  readonly trustDirection: boolean;
  /** Smallest reward-to-risk ratio a plan may have, after costs. @defaultValue 1.2 */
  readonly minRewardToRisk: number;
  /** Most signals in one report. @defaultValue 10 */
  readonly maxPositions: number;
  /** Fraction of equity risked per trade. @defaultValue 0.02 */
  readonly riskPerTrade: number;
  /** Largest sum of `riskFraction` over the signals of one report, as a fraction of equity. @defaultValue 0.2 */
  readonly maxTotalRisk: number;
  /** Largest notional of one position, as a multiple of equity. @defaultValue 0.5 */
  readonly maxPositionNotional: number;
  /** Largest sum of notionals over the signals of one report, as a multiple of equity. @defaultValue 5 */
  readonly maxGrossNotional: number;
  /** Quote currency available; sizes are omitted without it. @defaultValue undefined */
  readonly equity: number | undefined;
}

/** The settings used where none are given. */
export const DEFAULT_SCORING_SETTINGS: ScoringSettings = {
  planTimeframe: '1h',
  minScore: 0.25,
  minConfidence: 0.2,
  stopAtrMultiple: 2,
  targetRewardToRisk: 2,
  horizonMs: 86_400_000,
  trustDirection: true,
  minRewardToRisk: 1.2,
  maxPositions: 10,
  riskPerTrade: 0.02,
  maxTotalRisk: 0.2,
  maxPositionNotional: 0.5,
  maxGrossNotional: 5,
  equity: undefined,
};
