import type { AiAnswer, AiOpinion, MarketSignal } from '../../scoring/signal.js';
import type { AnalystAnswer } from '../analyst-answer.js';
import { Untrusted } from '../untrusted.js';
import type { ScorerTerms } from './scorer-options.js';
import { medianAnswer, sizeFactorOf, supportOf } from './support.js';

/** What one server answered about one signal. */
export interface ServerAnswers {
  readonly answers: readonly AnalystAnswer[];
  /** The moment of the question, epoch milliseconds. */
  readonly askedAt: number;
}

/** What all servers say of one signal; `undefined` when too few say anything. */
export function opinionFrom(
  { direction }: MarketSignal,
  servers: readonly ServerAnswers[],
  { capabilities, weights, quorum }: ScorerTerms,
): AiOpinion | undefined {
  const all = servers.flatMap(({ answers }) => answers);
  if (!capabilities.some((capability) => countOf(all, capability) >= quorum)) return undefined;
  const answers = capabilities.map((capability): AiAnswer => {
    const given = servers.flatMap(({ answers: each, askedAt }) =>
      each
        .filter((answer) => answer.capability === capability)
        .map((answer) => ({
          capability,
          support: supportOf(answer, direction),
          confidence: answer.confidence,
          ageMs: Math.max(0, askedAt - answer.as_of),
          sizeFactor: sizeFactorOf(answer),
        })),
    );
    const weight = weights[capability] ?? 1;
    return { ...medianAnswer(capability, given, quorum), weight };
  });
  const sure = all.toSorted((a, b) => b.confidence - a.confidence)[0];
  const reason = new Untrusted(sure.reasons[0] ?? '').shown();
  const rationale = reason === '' ? sure.capability : `${sure.capability}: ${reason}`;
  return { answers, rationale };
}

function countOf(answers: readonly AnalystAnswer[], capability: string): number {
  return answers.filter((answer) => answer.capability === capability).length;
}
