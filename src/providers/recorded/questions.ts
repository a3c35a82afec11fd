import type { AiReviewOptions } from '../../ports/ai-scorer.js';

/** The questions that are recorded. Candles that are watched are not: a scan does not watch. */
export const QUESTIONS = [
  'fetchTime',
  'fetchMarkets',
  'fetchTickers',
  'fetchCandles',
  'fetchOrderBook',
  'fetchTrades',
] as const;

/** The name of a question that is recorded. */
export type QuestionName = (typeof QUESTIONS)[number];

/** A question as text: its name and what it was asked with, but for the signal. */
export function questionKey(name: QuestionName, args: readonly unknown[]): string {
  return JSON.stringify([name, ...args], (key, value) => (key === 'signal' ? undefined : value));
}

/** A question to an AI scorer as text: who it was shown, and when. What they look like follows from the other answers. */
export function reviewKey(
  signals: readonly { readonly symbol: string }[],
  { asOf }: AiReviewOptions,
): string {
  return JSON.stringify(['review', signals.map(({ symbol }) => symbol), asOf]);
}
