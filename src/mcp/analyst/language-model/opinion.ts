import { z } from 'zod';
import { ScannerError } from '../../../errors.js';
import type { AnalystAnswer } from '../../analyst-answer.js';
import { Untrusted } from '../../untrusted.js';

/** The kinds of answers that have a bias, which alone a model has a say in. */
export const JUDGED: readonly Judged[] = [
  'market_analysis',
  'pattern_recognition',
  'sentiment_analysis',
  'market_regime',
];

/** An answer with a bias. */
export type JudgedAnswer = Extract<AnalystAnswer, { readonly bias: number }>;

/** One kind of answer that a model has a say in. */
export type Judged = JudgedAnswer['capability'];

/** What a model says of one kind of answer. */
export interface ModelOpinion {
  readonly capability: Judged;
  readonly bias: number;
  readonly confidence: number;
  readonly reason: string;
}

/** A model moves a bias by this much at most. */
const MOST_MOVE = 0.3;
const MOST_REASONS = 5;

const opinionsSchema: z.ZodType<{ readonly opinions: readonly ModelOpinion[] }> = z.object({
  opinions: z
    .array(
      z.object({
        capability: z.enum(JUDGED),
        bias: z.number().min(-1).max(1),
        confidence: z.number().min(0).max(1),
        reason: z.string().max(4_000),
      }),
    )
    .max(2 * JUDGED.length),
});

/** The schema that the API holds a model to; bounds are no part of what it enforces, so they are checked when the answer is read. */
export const OPINIONS_JSON_SCHEMA: Readonly<Record<string, unknown>> = {
  type: 'object',
  additionalProperties: false,
  required: ['opinions'],
  properties: {
    opinions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['capability', 'bias', 'confidence', 'reason'],
        properties: {
          capability: { type: 'string', enum: [...JUDGED] },
          bias: { type: 'number', description: '-1 bearish to +1 bullish' },
          confidence: { type: 'number', description: '0 to 1' },
          reason: { type: 'string', description: 'one short sentence' },
        },
      },
    },
  },
};

/** Reads a model's answer. @throws ScannerError `bad_data` for anything but opinions within their bounds. */
export function readOpinions(text: string): readonly ModelOpinion[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ScannerError('bad_data', 'the model answered with what is not JSON', { cause });
  }
  const parsed = opinionsSchema.safeParse(value);
  if (parsed.success) return parsed.data.opinions;
  const field = parsed.error.issues[0]?.path.map(String).join('.');
  throw new ScannerError('bad_data', `the model gave a bad ${field || 'answer'}`);
}

/** A statistical answer after a model was heard: its bias moves towards the model's, as far as that is sure and by 0.3 at most. */
export function withOpinion(
  answer: JudgedAnswer,
  opinion: ModelOpinion,
  model: string,
): JudgedAnswer {
  const wanted = opinion.bias - answer.bias;
  const move = Math.min(MOST_MOVE, Math.max(-MOST_MOVE, wanted)) * opinion.confidence;
  const reason = new Untrusted(opinion.reason).shown();
  return {
    ...answer,
    engine: 'anthropic',
    model,
    bias: Math.min(1, Math.max(-1, answer.bias + move)),
    reasons: [...answer.reasons.slice(0, MOST_REASONS - 1), ...(reason === '' ? [] : [reason])],
  };
}
