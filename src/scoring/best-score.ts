import type { DataNeed } from './factor.js';
import { Judgement, type ScoringInput } from './judgement.js';

const MICRO_POINT = 1e-6;

/** What is asked of an exchange symbol by symbol, besides candles. */
export const EVIDENCE: readonly DataNeed[] = ['orderBook', 'trades'];

/**
 * The highest score a market can reach once its order book and trades are known, whatever they say: every factor that waits for
 * them speaks with all its weight for one side. Penalties could only lower it.
 *
 * @param input - A market whose book and trades were not asked for yet.
 */
export function bestScore(input: ScoringInput): number {
  const { voices } = new Judgement(input);
  let heard = 0;
  let pull = 0;
  let waiting = 0;
  for (const { factor, reading } of voices) {
    const { weight, needs } = factor;
    if (needs.some((need) => EVIDENCE.includes(need))) waiting += weight;
    else if (reading !== undefined) {
      heard += weight * reading.confidence;
      pull += weight * reading.confidence * reading.bias;
    }
  }
  if (heard + waiting === 0) return 0;
  const bias = (Math.abs(pull) + waiting) / (heard + waiting);
  // A score is rounded to micro-points, up or down.
  return Math.min(1, bias) + MICRO_POINT;
}
