import { composite } from './composite.js';
import type { Judgement } from './judgement.js';
import { contribution, ledgerOf, scoreInterval } from './ledger.js';
import { annualVolatility, trendOf } from './observation.js';
import { opportunityType } from './opportunity-type.js';
import { isWorthwhile } from './outlook.js';
import { riskLevel } from './risk-level.js';
import type { FactorContribution, LedgerEntry, MarketSignal, TradePlan } from './signal.js';
import { type Voice, voiceSentence } from './voices.js';

/** Fields that repeat what factors said, and the factors. */
const SPOKEN_FOR: readonly [field: keyof MarketSignal, factors: readonly string[]][] = [
  ['trendDirection', ['trend']],
  ['trendStrength', ['trend']],
  ['volumeScore', ['volume']],
  ['momentumScore', ['momentum']],
  ['microstructureScore', ['order-book', 'trade-flow']],
];

/** Puts a judgement and its plan into words and public fields; this is where reasons are written. */
export function describeSignal(judgement: Judgement, plan: TradePlan): MarketSignal {
  const { input, direction, score, quality, voices } = judgement;
  const opinion = judgement.composite;
  const { snapshot, timestamp } = input;
  const trend = trendOf(voices);
  const outlook = typeof judgement.outlook === 'string' ? undefined : judgement.outlook;
  const phase = snapshot.regime?.phase.phase ?? 'undetermined';
  const ledger = ledgerOf(voices, opinion, judgement.penalties);
  return {
    symbol: snapshot.market.symbol,
    timestamp,
    price: judgement.last,
    volume: snapshot.ticker.quoteVolume24h,
    direction,
    bias: opinion.bias,
    score,
    baseScore: score,
    aiEnhancedScore: undefined,
    scoreInterval: scoreInterval(opinion, judgement.penalties, judgement.touch !== undefined),
    confidence: opinion.confidence,
    coverage: opinion.coverage,
    trendDirection: trend.direction,
    trendStrength: trend.strength,
    volumeScore: support(judgement, ['volume']),
    momentumScore: support(judgement, ['momentum']),
    microstructureScore: support(judgement, ['order-book', 'trade-flow']),
    marketPhase: phase,
    opportunityType: opportunityType({
      direction,
      readings: snapshot.readings ?? new Map(),
      planTimeframe: input.settings.planTimeframe,
      phase,
    }),
    riskLevel: riskLevel({
      annualVolatility: annualVolatility(judgement) ?? Number.NaN,
      spreadBps: judgement.spreadBps,
      stopDistance: Math.abs(Math.log(plan.stopLoss / plan.entryPrice)),
    }),
    ...plan,
    expectedReturn: outlook?.expectedReturn,
    winProbability: outlook?.winProbability,
    opportunity: outlook?.opportunity,
    tradeable: isWorthwhile(judgement.outlook),
    ledger,
    contributions: contributions(voices, opinion.heard, ledger),
    quality: quality.codes,
    absent: absences(judgement, plan),
    ai: undefined,
  };
}

/** How strongly the named factors support the direction, weighed as in the score; `undefined` when none of them spoke. */
function support(judgement: Judgement, ids: readonly string[]): number | undefined {
  const spoken = judgement.voices.filter(
    ({ factor, reading }) => reading !== undefined && ids.includes(factor.id),
  );
  if (spoken.length === 0) return undefined;
  const { bias } = composite(spoken);
  return judgement.direction === 'short' ? 0 - bias : bias;
}

/** @param ledger - Begins with an entry of each voice, whose sentence is not written twice. */
function contributions(
  voices: readonly Voice[],
  heard: number,
  ledger: readonly LedgerEntry[],
): readonly FactorContribution[] {
  const spoken: FactorContribution[] = [];
  for (const [i, voice] of voices.entries()) {
    const { factor, reading } = voice;
    if (reading === undefined) continue;
    spoken.push({
      factor: factor.id,
      weight: factor.weight,
      bias: reading.bias,
      confidence: reading.confidence,
      coverage: reading.coverage ?? 1,
      contribution: contribution(voice, heard),
      reason: ledger[i].reason,
    });
  }
  return spoken;
}

function absences(judgement: Judgement, plan: TradePlan): Readonly<Record<string, string>> {
  const { voices, input } = judgement;
  const absent: Partial<Record<keyof MarketSignal, string>> = {
    aiEnhancedScore: 'no AI verdict was asked for',
    ai: 'no AI verdict was asked for',
  };
  if (typeof judgement.outlook === 'string') {
    absent.winProbability = judgement.outlook;
    absent.expectedReturn = judgement.outlook;
    absent.opportunity = judgement.outlook;
  }
  if (plan.positionSize === undefined) absent.positionSize = 'no equity is configured';
  if (input.snapshot.ticker.quoteVolume24h === undefined) {
    absent.volume = 'the source gives no quote volume';
  }
  for (const [field, ids] of SPOKEN_FOR) {
    const asked = voices.filter(({ factor }) => ids.includes(factor.id));
    if (asked.some(({ reading }) => reading !== undefined)) continue;
    absent[field] =
      asked.map((voice) => `${voice.factor.id} ${voiceSentence(voice)}`).join('; ') ||
      `no factor named ${ids.join(' or ')} was asked`;
  }
  return absent;
}
