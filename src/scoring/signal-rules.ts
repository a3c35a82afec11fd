import { LEAST_BIAS } from './composite.js';
import type { Judgement } from './judgement.js';
import { type Miss, thresholdMiss } from './rejection.js';
import type { TradePlan } from './signal.js';
import { smallestAdmitting } from './smallest-admitting.js';

/** Beyond this much money no account is worth asking for. */
const LARGEST_EQUITY = 1e15;

type SignalRule = (judgement: Judgement) => Miss | undefined;

/** What a symbol must pass to become a signal, in the order of the funnel. */
const SIGNAL_RULES: readonly SignalRule[] = [
  ({ quality }) => quality.miss,
  direction,
  minScore,
  minConfidence,
  tradable,
  minRewardToRisk,
  minNotional,
];

/** The names of the rules between analysis and ranking, in the order they are applied. */
export const SIGNAL_RULE_NAMES: readonly string[] = [
  'data-quality',
  'no-direction',
  'min-score',
  'min-confidence',
  'no-plan',
  'min-reward-to-risk',
  'min-notional',
];

/** The first rule a judgement fails; rules after it are not evaluated. */
export function firstMiss(judgement: Judgement): Miss | undefined {
  for (const rule of SIGNAL_RULES) {
    const miss = rule(judgement);
    if (miss !== undefined) return miss;
  }
  return undefined;
}

/** Every rule a judgement fails, in order. Rules on the plan say nothing where there is no plan. */
export function allMisses(judgement: Judgement): readonly Miss[] {
  return SIGNAL_RULES.map((rule) => rule(judgement)).filter((miss) => miss !== undefined);
}

function direction({ direction, composite }: Judgement): Miss | undefined {
  if (direction !== 'neutral') return undefined;
  return {
    rule: 'no-direction',
    value: Math.abs(composite.bias),
    threshold: LEAST_BIAS,
    sense: 'at-least',
    remedy: undefined,
    detail: () =>
      composite.heard > 0 ? 'the factors balance out' : 'no factor has anything to say',
  };
}

function minScore({ score, input }: Judgement): Miss | undefined {
  return thresholdMiss({
    rule: 'min-score',
    setting: 'minScore',
    value: score,
    threshold: input.settings.minScore,
    sense: 'at-least',
  });
}

function minConfidence({ composite, input }: Judgement): Miss | undefined {
  return thresholdMiss({
    rule: 'min-confidence',
    setting: 'minConfidence',
    value: composite.confidence,
    threshold: input.settings.minConfidence,
    sense: 'at-least',
  });
}

function tradable({ direction, plan, readings, last, input }: Judgement): Miss | undefined {
  if (direction === 'neutral' || plan !== undefined) return undefined;
  const { tickSize } = input.snapshot.market;
  const hasRange = readings !== undefined && !Number.isNaN(readings.atr);
  return {
    rule: 'no-plan',
    value: hasRange ? tickSize / last : undefined,
    threshold: undefined,
    sense: 'at-most',
    remedy: undefined,
    detail: () =>
      hasRange
        ? `a tick of ${tickSize} is too coarse for a stop and a target at a price of ${last}`
        : `there is no average true range of ${input.settings.planTimeframe} to place a stop by`,
  };
}

function minRewardToRisk({ plan, input }: Judgement): Miss | undefined {
  return (
    plan &&
    thresholdMiss({
      rule: 'min-reward-to-risk',
      setting: 'minRewardToRisk',
      value: plan.rewardToRisk,
      threshold: input.settings.minRewardToRisk,
      sense: 'at-least',
    })
  );
}

function minNotional(judgement: Judgement): Miss | undefined {
  const { plan, input } = judgement;
  const { market } = input.snapshot;
  if (plan?.positionSize === undefined || isOrderable(judgement, plan)) return undefined;
  const equity = equityForAnOrder(judgement);
  const least = Math.max(market.minNotional, market.lotSize * plan.entryPrice);
  return {
    rule: 'min-notional',
    value: plan.positionSize * plan.entryPrice,
    threshold: least,
    sense: 'at-least',
    remedy: equity === undefined ? undefined : { setting: 'equity', to: equity },
    change: equity === undefined ? undefined : `equity of ${equity}`,
    detail: () =>
      `the risk buys ${plan.positionSize} ${market.base}, an order must be worth at least ${least} ${market.quote}`,
  };
}

function isOrderable({ input }: Judgement, plan: TradePlan | undefined): boolean {
  const amount = plan?.positionSize ?? 0;
  return amount > 0 && amount * (plan?.entryPrice ?? 0) >= input.snapshot.market.minNotional;
}

/** The least equity whose risk buys an order the market takes; `undefined` when another cap stands in the way. */
function equityForAnOrder(judgement: Judgement): number | undefined {
  const { settings } = judgement.input;
  const admits = (equity: number): boolean =>
    isOrderable(judgement, judgement.planWith({ ...settings, equity }));
  let refused = settings.equity ?? 0;
  let accepted = Math.max(1, refused * 2);
  while (!admits(accepted)) {
    refused = accepted;
    accepted *= 2;
    if (accepted > LARGEST_EQUITY) return undefined;
  }
  return smallestAdmitting(refused, accepted, admits);
}
