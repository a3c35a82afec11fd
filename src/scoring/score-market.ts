import { describeSignal } from './describe-signal.js';
import { Judgement, type ScoringInput } from './judgement.js';
import { type MarketObservation, observe } from './observation.js';
import { type Miss, type Rejection, rejectionFor } from './rejection.js';
import type { MarketSignal } from './signal.js';
import { allMisses } from './signal-rules.js';

/** What became of one symbol, and what it tells about the market either way. */
export type ScoredMarket =
  | {
      readonly kind: 'signal';
      readonly signal: MarketSignal;
      readonly observation: MarketObservation;
    }
  | {
      readonly kind: 'rejection';
      readonly rejection: Rejection;
      readonly observation: MarketObservation;
    };

/**
 * Scores one symbol: a signal with its plan and its reasons, or the rule that stands in the way.
 *
 * A signal is a candidate; `selectSignals` decides which of a scan's candidates fit together.
 *
 * @example
 * ```ts
 * import { scoreMarket, type ScoringInput } from 'enhanced-market-scanner';
 *
 * declare const input: ScoringInput;
 * const scored = scoreMarket(input);
 * console.log(scored.kind === 'signal' ? scored.signal.score : scored.rejection.nearestMiss);
 * ```
 */
export function scoreMarket(input: ScoringInput): ScoredMarket {
  const judgement = new Judgement(input);
  const observation = observe(judgement);
  const [miss, ...others] = allMisses(judgement);
  const { plan } = judgement;
  if (miss === undefined && plan !== undefined) {
    return { kind: 'signal', signal: describeSignal(judgement, plan), observation };
  }
  return { kind: 'rejection', rejection: reject(judgement, miss, others), observation };
}

function reject(judgement: Judgement, miss: Miss, others: readonly Miss[]): Rejection {
  return rejectionFor({
    symbol: judgement.input.snapshot.market.symbol,
    misses: [miss, ...missesAfter(judgement, miss, others)],
    admitsTo: 'the ranking',
    quality: judgement.quality.codes,
  });
}

// More equity means a larger order, which may slip further and pay less: the plan has to be judged again.
function missesAfter(
  { input }: Judgement,
  { remedy }: Miss,
  others: readonly Miss[],
): readonly Miss[] {
  if (remedy?.setting !== 'equity') return others;
  return allMisses(new Judgement({ ...input, settings: { ...input.settings, equity: remedy.to } }));
}
