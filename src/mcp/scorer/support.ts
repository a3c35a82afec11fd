import type { AiAnswer, Direction } from '../../scoring/signal.js';
import type { AnalystAnswer } from '../analyst-answer.js';

/** Volatility above this rank of its own past speaks against a signal. */
const CALM_RANK = 0.7;

/** How far an answer supports a signal: opinions on direction by their sign, risk and wild markets against either direction. */
export function supportOf(answer: AnalystAnswer, direction: Direction): number {
  const side = { long: 1, short: -1, neutral: 0 }[direction];
  switch (answer.capability) {
    case 'risk_assessment':
      return 1 - 2 * answer.risk;
    case 'volatility_prediction':
      // A calm market is no reason to be in it.
      return 0 - Math.max(0, (answer.pct - CALM_RANK) / (1 - CALM_RANK));
    default:
      return side * answer.bias;
  }
}

/** What an answer leaves of a size: a risk of up to one half all of it, a certain risk of 1 half of it; nothing else has a say in that. */
export function sizeFactorOf(answer: AnalystAnswer): number {
  if (answer.capability !== 'risk_assessment') return 1;
  return 1 - 0.5 * answer.confidence * Math.max(0, 2 * answer.risk - 1);
}

/**
 * What several servers answered to one question, as one: the medians of its numbers. With fewer answers than the quorum it
 * counts as not answered.
 *
 * Between the two middle ones of an even number, that is wherever one of two servers may be an attacker, stands what does least: no
 * support, no confidence, no age but the older, no size but the whole. So one alone of two can silence the other and nothing else.
 */
export function medianAnswer(
  capability: string,
  answers: readonly AiAnswer[],
  quorum: number,
): AiAnswer {
  if (answers.length < quorum) return { capability, support: 0, confidence: 0 };
  const of = (neutral: number, numberOf: (answer: AiAnswer) => number): number =>
    median(answers.map(numberOf), neutral);
  return {
    capability,
    support: of(0, ({ support }) => support),
    confidence: of(0, ({ confidence }) => confidence),
    ageMs: of(Number.MAX_VALUE, ({ ageMs = 0 }) => ageMs),
    sizeFactor: of(1, ({ sizeFactor = 1 }) => sizeFactor),
  };
}

/** The middle one, or between the two middle ones what is nearest to neutral. */
function median(values: readonly number[], neutral: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return Math.min(high, Math.max(low, neutral));
}
