import type { PatternName } from '../analysis/regime/patterns.js';
import type { Capability } from './capability.js';

interface AnswerHead<C extends Capability> {
  readonly v: 1;
  /** The symbol of the question, letter for letter. */
  readonly symbol: string;
  readonly capability: C;
  readonly engine: 'stat' | 'anthropic' | 'sampling';
  readonly model: string;
  /** The moment of the question, epoch milliseconds. */
  readonly as_of: number;
  /** 0 to 1; 0 says that nothing is known. */
  readonly confidence: number;
  /** How many observations the answer rests on. */
  readonly n_obs: number;
  readonly reasons: readonly string[];
}

/** Where the market is going: `bias` from -1 to +1, and the move it rests on in random-walk units. */
export interface MarketAnalysis extends AnswerHead<'market_analysis'> {
  readonly bias: number;
  readonly trend_t: number;
}

/** What can be lost: `risk` from 0 to 1; losses of one candle and the deepest drawdown as fractions. */
export interface RiskAssessment extends AnswerHead<'risk_assessment'> {
  readonly risk: number;
  readonly var95: number;
  readonly es95: number;
  readonly max_dd: number;
  /** A stop beyond ordinary noise, in average moves of one candle. */
  readonly stop_atr: number;
}

/** Chart patterns, best formed first, and what they say together. */
export interface PatternRecognition extends AnswerHead<'pattern_recognition'> {
  readonly patterns: readonly {
    readonly name: PatternName;
    readonly bias: number;
    readonly quality: number;
    readonly from: number;
    readonly to: number;
  }[];
  readonly bias: number;
}

/** What is written about the market; without a source, confidence and coverage are 0. */
export interface SentimentAnalysis extends AnswerHead<'sentiment_analysis'> {
  readonly bias: number;
  readonly coverage: number;
  readonly sources: number;
}

/** How far price may move: the deviation forecast over the horizon, its rank in the past, and a 90% range of price. */
export interface VolatilityPrediction extends AnswerHead<'volatility_prediction'> {
  readonly forecast_vol: number;
  readonly pct: number;
  readonly horizon_bars: number;
  readonly low: number;
  readonly high: number;
}

/** How the market behaves, and how likely it is no accident. */
export interface RegimeAnalysis extends AnswerHead<'market_regime'> {
  readonly regime: 'bull' | 'bear' | 'range' | 'volatile';
  readonly bias: number;
  readonly p: number;
}

/** What an analyst answers to one question about one symbol. */
export type AnalystAnswer =
  | MarketAnalysis
  | RiskAssessment
  | PatternRecognition
  | SentimentAnalysis
  | VolatilityPrediction
  | RegimeAnalysis;
