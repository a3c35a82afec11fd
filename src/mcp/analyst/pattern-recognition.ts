import { chartPatterns } from '../../analysis/regime/patterns.js';
import type { PatternRecognition } from '../analyst-answer.js';
import type { AnalystQuestion } from '../analyst-question.js';
import { closeSeries } from './close-series.js';
import { type Finding, sampleConfidence } from './finding.js';

const MOST_PATTERNS = 5;

/** A pattern that has not yet broken its boundary counts for half. */
const FORMING = 0.5;

/** Chart patterns of the closes; times are relative to the first. The best formed one decides the confidence. */
export function recognizePatterns({
  closes,
  timeframe,
}: AnalystQuestion): Finding<PatternRecognition> {
  const capability = 'pattern_recognition';
  const n_obs = closes.length;
  const found = chartPatterns(closeSeries(closes, timeframe)).slice(0, MOST_PATTERNS);
  if (found.length === 0) {
    const reasons = ['the newest turning points form no pattern'];
    return { capability, confidence: 0, n_obs, reasons, patterns: [], bias: 0 };
  }
  const voices = found.map(({ bias, quality, state }) => ({
    bias,
    say: quality * (state === 'confirmed' ? 1 : FORMING),
  }));
  const say = voices.reduce((sum, voice) => sum + voice.say, 0);
  const bias = voices.reduce((sum, voice) => sum + voice.say * voice.bias, 0);
  return {
    capability,
    confidence: Math.max(...voices.map((voice) => voice.say)) * sampleConfidence(n_obs),
    n_obs,
    reasons: found.map(
      ({ name, state, quality }) => `${name}, ${state}, quality ${quality.toFixed(2)}`,
    ),
    patterns: found.map(({ name, bias: side, quality, from, to }) => ({
      ...{ name, bias: side, quality, from, to },
    })),
    bias: say > 0 ? bias / say : 0,
  };
}
