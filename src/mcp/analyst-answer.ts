import { z } from 'zod';
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

const share = z.number().min(0).max(1);
const signed = z.number().min(-1).max(1);
const loss = z.number().min(-1e6).max(1e6);
const whole = z.int().min(0);

const PATTERN_NAMES = [
  'double-top',
  'double-bottom',
  'head-and-shoulders',
  'inverse-head-and-shoulders',
  'ascending-triangle',
  'descending-triangle',
  'symmetric-triangle',
  'rising-wedge',
  'falling-wedge',
] as const satisfies readonly PatternName[];

const head = {
  v: z.literal(1),
  symbol: z.string().min(1).max(40),
  engine: z.enum(['stat', 'anthropic', 'sampling']),
  model: z.string().max(80),
  as_of: whole,
  confidence: share,
  n_obs: whole,
  reasons: z.array(z.string().max(4_000)).max(5),
};

const marketAnalysis = z.object({
  ...head,
  capability: z.literal('market_analysis'),
  bias: signed,
  trend_t: z.number(),
});
const riskAssessment = z.object({
  ...head,
  capability: z.literal('risk_assessment'),
  risk: share,
  var95: loss,
  es95: loss,
  max_dd: share,
  stop_atr: z.number().min(0).max(100),
});
const patternRecognition = z.object({
  ...head,
  capability: z.literal('pattern_recognition'),
  patterns: z
    .array(
      z.object({
        name: z.enum(PATTERN_NAMES),
        bias: signed,
        quality: share,
        from: whole,
        to: whole,
      }),
    )
    .max(5),
  bias: signed,
});
const sentimentAnalysis = z.object({
  ...head,
  capability: z.literal('sentiment_analysis'),
  bias: signed,
  coverage: share,
  sources: whole,
});
const volatilityPrediction = z.object({
  ...head,
  capability: z.literal('volatility_prediction'),
  forecast_vol: z.number().min(0),
  pct: share,
  horizon_bars: whole,
  low: z.number().min(0),
  high: z.number().min(0),
});
const regimeAnalysis = z.object({
  ...head,
  capability: z.literal('market_regime'),
  regime: z.enum(['bull', 'bear', 'range', 'volatile']),
  bias: signed,
  p: share,
});

/** The schema of each capability's answer, as its tool publishes it. */
export const answerSchemas: { readonly [C in Capability]: z.ZodType<AnalystAnswer> } = {
  market_analysis: marketAnalysis,
  risk_assessment: riskAssessment,
  pattern_recognition: patternRecognition,
  sentiment_analysis: sentimentAnalysis,
  volatility_prediction: volatilityPrediction,
  market_regime: regimeAnalysis,
};

/** Any answer. Unknown keys are dropped; numbers outside their bounds, `NaN` and infinity are refused. */
export const answerSchema: z.ZodType<AnalystAnswer> = z.discriminatedUnion('capability', [
  marketAnalysis,
  riskAssessment,
  patternRecognition,
  sentimentAnalysis,
  volatilityPrediction,
  regimeAnalysis,
]);
