import type { Judgement } from '../scoring/judgement.js';
import { isWorthwhile } from '../scoring/outlook.js';
import { firstMiss } from '../scoring/signal-rules.js';

/** A signal as an order: sent at the decision, filled at a later open. */
export interface Order {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly decidedAt: number;
  readonly horizonMs: number;
  readonly score: number;
  readonly stopLoss: number;
  readonly takeProfit: number;
  /** Distances of target and stop from the planned entry, as fractions of it. */
  readonly target: number;
  readonly stop: number;
  /** Of equity, after the caps of one position. */
  readonly riskFraction: number;
  readonly notionalMultiple: number;
  readonly winProbability: number | undefined;
  readonly noSkill: number | undefined;
  readonly tradeable: boolean;
}

/** The order a judgement leads to, if it is a signal. */
export function orderOf(judgement: Judgement): Order | undefined {
  if (firstMiss(judgement) !== undefined) return undefined;
  const { plan, direction, outlook, input, score } = judgement;
  if (plan === undefined || direction === 'neutral') return undefined;
  const { snapshot, settings } = input;
  const known = typeof outlook === 'string' ? undefined : outlook;
  return {
    symbol: snapshot.market.symbol,
    side: direction,
    decidedAt: snapshot.time,
    horizonMs: settings.horizonMs,
    score,
    stopLoss: plan.stopLoss,
    takeProfit: plan.takeProfit,
    target: Math.abs(plan.takeProfit - plan.entryPrice) / plan.entryPrice,
    stop: Math.abs(plan.entryPrice - plan.stopLoss) / plan.entryPrice,
    riskFraction: plan.riskFraction,
    notionalMultiple: plan.notionalMultiple,
    winProbability: known?.winProbability.value,
    noSkill: known?.winProbability.noSkill,
    tradeable: isWorthwhile(outlook),
  };
}
