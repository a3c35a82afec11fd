import { z } from 'zod';
import type { PatternName } from '../analysis/regime/patterns.js';
import type { AnalystAnswer } from './analyst-answer.js';
import type { Capability } from './capability.js';

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
