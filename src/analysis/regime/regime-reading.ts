import type { CandleSeries } from '../../market/candle-series.js';
import { logCloses } from './log-candles.js';
import { type PhaseReading, phaseOf } from './market-phase.js';
import { type MarketRegime, REGIME_HISTORY, regimeOf } from './market-regime.js';

/** What one timeframe says about the kind of market this is. */
export interface RegimeReading {
  readonly phase: PhaseReading;
  readonly regime: MarketRegime;
}

/** `marketPhase` and `marketRegime` of the same candles, which read the same logarithms. */
export function regimeReading(candles: CandleSeries): RegimeReading {
  // The regime looks further back than the phase.
  const closes = logCloses(candles, REGIME_HISTORY);
  return { phase: phaseOf(candles, closes), regime: regimeOf(closes) };
}
