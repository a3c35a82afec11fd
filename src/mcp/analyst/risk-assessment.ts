import { maxDrawdown } from '../../analysis/risk/drawdown.js';
import { expectedShortfall, valueAtRisk } from '../../analysis/risk/value-at-risk.js';
import { timeframeMs } from '../../market/timeframe.js';
import type { RiskAssessment } from '../analyst-answer.js';
import type { AnalystQuestion } from '../analyst-question.js';
import { type Finding, logReturns, sampleConfidence } from './finding.js';

const SHORTEST = 20;
const DAY_MS = timeframeMs('1d');

/** The expected shortfall over a day, as a fraction, that counts as a risk of one half. */
const HALF_RISK = 0.1;

/**
 * Historical value at risk, expected shortfall and drawdown of a position in the direction asked about, long unless told; risk is the
 * shortfall scaled to a day against 10%.
 */
export function assessRisk(question: AnalystQuestion): Finding<RiskAssessment> {
  const { timeframe } = question;
  const closes = question.direction === 'short' ? question.closes.map(reciprocal) : question.closes;
  const returns = logReturns(closes);
  const capability = 'risk_assessment';
  const n_obs = closes.length;
  if (returns.length < SHORTEST) {
    const reasons = [`a tail needs ${SHORTEST + 1} closes, there are ${n_obs}`];
    const unknown = { risk: 0, var95: 0, es95: 0, max_dd: 0, stop_atr: 0 };
    return { capability, confidence: 0, n_obs, reasons, ...unknown };
  }
  const es95 = expectedShortfall(returns, 0.95);
  const perDay = Math.max(0, es95) * Math.sqrt(DAY_MS / timeframeMs(timeframe));
  const averageMove = returns.reduce((sum, move) => sum + Math.abs(move), 0) / returns.length;
  return {
    capability,
    confidence: sampleConfidence(returns.length),
    n_obs,
    reasons: [`the worst twentieth of candles lost ${(100 * es95).toFixed(2)}% on average`],
    risk: perDay ** 2 / (perDay ** 2 + HALF_RISK ** 2),
    var95: valueAtRisk(returns, 0.95),
    es95,
    max_dd: maxDrawdown(Float64Array.from(closes)),
    stop_atr: averageMove > 0 ? Math.min(100, Math.max(0, es95) / averageMove) : 0,
  };
}

/** What a price is to who is short of it: a gain where it falls. */
function reciprocal(close: number): number {
  return 1 / close;
}
