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
 */
export function medianAnswer(
  capability: string,
  answers: readonly AiAnswer[],
  quorum: number,
): AiAnswer {
  if (answers.length < quorum) return { capability, support: 0, confidence: 0 };
  return {
    capability,
    support: median(answers.map(({ support }) => support)),
    confidence: median(answers.map(({ confidence }) => confidence)),
    ageMs: median(answers.map(({ ageMs = 0 }) => ageMs)),
    sizeFactor: median(answers.map(({ sizeFactor = 1 }) => sizeFactor)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
