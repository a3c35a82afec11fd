import type { MarketPhase } from '../../analysis/regime/market-phase.js';
import type { MarketRegime } from '../../analysis/regime/market-regime.js';
import { defineFactor, type Factor } from '../factor.js';
import { Evidence } from './evidence.js';

// A range may yet resolve either way, so accumulation and distribution lean less than a trend under way.
const PHASE_BIAS: Readonly<Record<MarketPhase, number>> = {
  accumulation: 0.5,
  markup: 1,
  distribution: -0.5,
  markdown: -1,
  undetermined: Number.NaN,
};

const REGIME_BIAS: Readonly<Record<MarketRegime, number>> = {
  bull: 1,
  bear: -1,
  range: 0,
  volatile: 0,
  undetermined: Number.NaN,
};

const PHASE_WEIGHT = 0.6;
const REGIME_CONFIDENCE = 0.5;

/**
 * Market phase and regime of the plan timeframe: markup and a bull market speak with +1, accumulation with +0.5, a range and a
 * volatile market with 0, their mirror images with the opposite sign. The phase weighs 0.6 and has its own score as confidence;
 * the regime weighs 0.4 and has 0.5; where they contradict each other both count for less. Abstains when both are undetermined.
 */
export const regimeFactor: Factor<'regime'> = defineFactor({
  id: 'regime',
  needs: ['regime'],
  weight: 0.1,
  evaluate({ regime: { phase, regime }, planTimeframe }) {
    const phaseBias = PHASE_BIAS[phase.phase];
    const regimeBias = REGIME_BIAS[regime];
    const phaseWeight = Number.isNaN(phaseBias) ? 0 : PHASE_WEIGHT;
    const regimeWeight = Number.isNaN(regimeBias) ? 0 : 1 - PHASE_WEIGHT;
    const evidence = new Evidence();
    evidence.add(phaseBias, PHASE_WEIGHT);
    evidence.add(regimeBias, 1 - PHASE_WEIGHT);
    const all = evidence.consensus();
    if (all === undefined) return undefined;
    const certain =
      (phaseWeight * phase.score + regimeWeight * REGIME_CONFIDENCE) / (phaseWeight + regimeWeight);
    const contradiction = phaseBias * regimeBias < 0;
    return {
      bias: all.bias,
      confidence: contradiction ? certain * all.agreement : certain,
      coverage: all.coverage,
      reason: () => `phase ${phase.phase}, regime ${regime} on ${planTimeframe}`,
    };
  },
});
