import type { AnalystAnswer } from '../analyst-answer.js';

/** The keys that every answer has, whoever gives it. */
export type AnswerBase = Pick<AnalystAnswer, 'v' | 'symbol' | 'engine' | 'model' | 'as_of'>;

/** What one capability's answer adds to them. */
export type Finding<A extends AnalystAnswer> = Omit<A, keyof AnswerBase>;

/** Confidence that grows with the number of observations: a half at 50. */
export function sampleConfidence(observations: number): number {
  return observations / (observations + 50);
}

/** Logarithmic returns of consecutive closes. */
export function logReturns(closes: readonly number[]): Float64Array {
  return Float64Array.from({ length: Math.max(0, closes.length - 1) }, (_, i) =>
    Math.log(closes[i + 1] / closes[i]),
  );
}
