import { randomWalkMove } from '../../analysis/regime/random-walk.js';
import type { MarketAnalysis } from '../analyst-answer.js';
import type { AnalystQuestion } from '../analyst-question.js';
import { type Finding, sampleConfidence } from './finding.js';

const LONGEST = 100;
const SHORTEST = 20;

/** The newest trend in random-walk units `z`, and a bias of `z |z| / (z^2 + 2)`: what is within chance says little. */
export function analyzeMarket({ closes }: AnalystQuestion): Finding<MarketAnalysis> {
  const logs = Float64Array.from(closes, Math.log);
  const newest = logs.length - 1;
  const steps = Math.min(LONGEST, newest);
  const capability = 'market_analysis';
  if (steps < SHORTEST) {
    const reasons = [`a trend needs ${SHORTEST + 1} closes, there are ${closes.length}`];
    return { capability, confidence: 0, n_obs: closes.length, reasons, bias: 0, trend_t: 0 };
  }
  const z = randomWalkMove(logs, newest - steps, newest);
  return {
    capability,
    confidence: sampleConfidence(steps),
    n_obs: closes.length,
    reasons: [`moved ${z.toFixed(2)} random-walk units in ${steps} candles`],
    bias: (z * Math.abs(z)) / (z * z + 2),
    trend_t: z,
  };
}
