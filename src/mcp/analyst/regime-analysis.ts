import { marketRegime } from '../../analysis/regime/market-regime.js';
import { randomWalkMove } from '../../analysis/regime/random-walk.js';
import { normalCdf } from '../../forecast/normal.js';
import type { RegimeAnalysis } from '../analyst-answer.js';
import type { AnalystQuestion } from '../analyst-question.js';
import { closeSeries } from './close-series.js';
import { type Finding, sampleConfidence } from './finding.js';

const TREND_LENGTH = 100;

/** The regime of the closes; `p` is how rarely a random walk moves as far, or for a regime without direction 1 less that. */
export function analyzeRegime({ closes, timeframe }: AnalystQuestion): Finding<RegimeAnalysis> {
  const capability = 'market_regime';
  const n_obs = closes.length;
  const regime = marketRegime(closeSeries(closes, timeframe));
  if (regime === 'undetermined') {
    const reasons = [`${n_obs} closes fit no regime`];
    return { capability, confidence: 0, n_obs, reasons, regime: 'range', bias: 0, p: 0 };
  }
  const logs = Float64Array.from(closes, Math.log);
  const newest = logs.length - 1;
  const z = Math.abs(randomWalkMove(logs, newest - TREND_LENGTH, newest));
  const beyondChance = Math.min(1, Math.max(0, 2 * normalCdf(z) - 1));
  const side = { bull: 1, bear: -1, range: 0, volatile: 0 }[regime];
  return {
    capability,
    confidence: sampleConfidence(n_obs),
    n_obs,
    reasons: [`${regime} over ${TREND_LENGTH} candles`],
    regime,
    bias: side * beyondChance,
    p: side === 0 ? 1 - beyondChance : beyondChance,
  };
}
