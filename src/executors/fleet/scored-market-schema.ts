import { z } from 'zod';
import type { MarketPhase } from '../../analysis/regime/market-phase.js';
import type { MarketRegime } from '../../analysis/regime/market-regime.js';
import type { MarketObservation } from '../../scoring/observation.js';
import type { Rejection } from '../../scoring/rejection.js';
import type { ScoredMarket } from '../../scoring/score-market.js';
import {
  type MarketSignal,
  type OpportunityType,
  QUALITY_CODES,
  type RiskLevel,
} from '../../scoring/signal.js';
import { maybe } from './maybe.js';

const number = z.number();
const text = z.string();
const fraction = z.number().min(0).max(1);
const bias = z.number().min(-1).max(1);
const quality = z.array(z.enum(QUALITY_CODES)).readonly();
const trend = z.enum(['up', 'down', 'neutral']);

const PHASES = [
  'accumulation',
  'markup',
  'distribution',
  'markdown',
  'undetermined',
] as const satisfies readonly MarketPhase[];
const REGIMES = [
  'bull',
  'bear',
  'range',
  'volatile',
  'undetermined',
] as const satisfies readonly MarketRegime[];
const OPPORTUNITIES = [
  'trend-continuation',
  'breakout',
  'pullback',
  'reversal',
  'range',
  'volume-surge',
  'none',
] as const satisfies readonly OpportunityType[];
const RISKS = ['low', 'medium', 'high', 'extreme'] as const satisfies readonly RiskLevel[];

const observation: z.ZodType<MarketObservation> = z.strictObject({
  symbol: text,
  sound: z.boolean(),
  bias,
  trendDirection: trend,
  annualVolatility: maybe(number),
  volumeTrend: maybe(z.enum(['rising', 'falling', 'steady'])),
  quoteVolume24h: maybe(number),
  regime: z.enum(REGIMES),
});

const rejection: z.ZodType<Rejection> = z.strictObject({
  symbol: text,
  rule: text,
  value: maybe(number),
  threshold: maybe(number),
  nearestMiss: text,
  remedy: maybe(z.strictObject({ setting: text, to: number })),
  quality,
});

const plan = {
  entryPrice: number,
  stopLoss: number,
  takeProfit: number,
  positionSize: maybe(number),
  riskFraction: number,
  notionalMultiple: number,
  rewardToRisk: number,
};

const winProbability = z.strictObject({
  value: fraction,
  noSkill: fraction,
  low: fraction,
  high: fraction,
  timeout: fraction,
  horizonMs: number,
  sampleSize: number,
  model: text,
});

const contribution = z.strictObject({
  factor: text,
  bias: number,
  confidence: number,
  reason: text,
  coverage: number.optional(),
  weight: number,
  contribution: number,
});

const ledgerEntry = z.strictObject({
  kind: z.enum(['factor', 'penalty', 'cap', 'ai', 'rounding']),
  id: text,
  microPoints: z.int(),
  reason: text,
});

const signal: z.ZodType<MarketSignal> = z.strictObject({
  ...plan,
  symbol: text,
  timestamp: number,
  price: number,
  volume: maybe(number),
  direction: z.enum(['long', 'short', 'neutral']),
  bias,
  score: fraction,
  baseScore: fraction,
  aiEnhancedScore: maybe(number),
  scoreInterval: z.tuple([number, number]).readonly(),
  confidence: fraction,
  coverage: fraction,
  trendDirection: trend,
  trendStrength: number,
  volumeScore: maybe(number),
  momentumScore: maybe(number),
  microstructureScore: maybe(number),
  marketPhase: z.enum(PHASES),
  opportunityType: z.enum(OPPORTUNITIES),
  riskLevel: z.enum(RISKS),
  expectedReturn: maybe(number),
  winProbability: maybe(winProbability),
  opportunity: maybe(number),
  roundTripCost: number,
  tradeable: z.boolean(),
  ledger: z.array(ledgerEntry).readonly(),
  contributions: z.array(contribution).readonly(),
  quality,
  absent: z.record(text, text).readonly(),
  // The AI scorer is asked where the scan began, about all signals together.
  ai: maybe(z.never()),
});

/** What became of one symbol, as it comes from another process. */
export const scoredMarketSchema: z.ZodType<ScoredMarket> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signal'), signal, observation }),
  z.strictObject({ kind: z.literal('rejection'), rejection, observation }),
]);
