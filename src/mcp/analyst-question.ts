import { z } from 'zod';
import { TIMEFRAMES, type Timeframe } from '../market/timeframe.js';
import type { AnalystAnswer } from './analyst-answer.js';
import { answerSchema } from './answer-schema.js';
import { type AnalysisDepth, CAPABILITIES, type Capability } from './capability.js';

/** What an analyst is told of one symbol: numbers and words of closed lists. */
export interface AnalystQuestion {
  /** A market's symbol, or the alias it is asked about under. */
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** The moment the question speaks of, epoch milliseconds; the answer repeats it. */
  readonly as_of: number;
  /** Closes of consecutive candles, oldest first; any scale. */
  readonly closes: readonly number[];
  /** Whose risk is assessed. @defaultValue 'long' */
  readonly direction?: 'long' | 'short' | undefined;
  /** How much a language model is shown; the statistics take all closes there are. @defaultValue 'standard' */
  readonly depth?: AnalysisDepth | undefined;
  /** Readings of the asker, by name; shown to a language model, not needed by the statistical engine. */
  readonly features?: Readonly<Record<string, number>> | undefined;
  /** Language models that the asker would like, best first; the first that the analyst allows is asked. */
  readonly model_hints?: readonly string[] | undefined;
}

/** Many questions at once. */
export interface BatchQuestion {
  readonly capabilities: readonly Capability[];
  readonly symbols: readonly AnalystQuestion[];
}

/** Answers to many questions; what could not be answered is an error, never a gap. */
export interface BatchAnswer {
  readonly results: readonly AnalystAnswer[];
  readonly errors: readonly {
    readonly symbol: string;
    readonly capability: Capability;
    readonly code: string;
    readonly message: string;
  }[];
}

/** Most symbols in one batch. */
export const MOST_SYMBOLS = 50;

// Exchanges do list names outside of ASCII; line breaks, markup and direction marks are in none.
const symbol = z.string().regex(/^[\p{L}\p{N}._:/-]{1,40}$/u);

// Some hosts send lists as JSON text.
function listOf<T extends z.ZodType>(item: T, most: number): z.ZodType<z.output<T>[]> {
  return z.preprocess(parsedList, z.array(item).max(most)) as z.ZodType<z.output<T>[]>;
}

function parsedList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The schema of one question, as the tools publish it. */
export const questionSchema: z.ZodType<AnalystQuestion> = z.object({
  symbol: symbol.describe('A symbol such as BTC/USDT, or any alias of it'),
  timeframe: z.enum(TIMEFRAMES as [Timeframe, ...Timeframe[]]).describe('Length of one candle'),
  as_of: z
    .int()
    .min(0)
    .default(0)
    .describe('Moment of the question, epoch milliseconds; news is that of the day before it'),
  closes: listOf(z.number().gt(0).max(1e15), 500)
    .default([])
    .describe('Closes of consecutive candles, oldest first'),
  direction: z
    .enum(['long', 'short'])
    .optional()
    .describe('Whose risk is assessed; long if absent'),
  depth: z
    .enum(['basic', 'standard', 'advanced'])
    .optional()
    .describe('How much a language model is shown: 64, 128 (if absent) or 256 closes'),
  features: z
    .record(z.string().max(40), z.number())
    .refine((features) => Object.keys(features).length <= 64, 'must have at most 64 entries')
    .optional()
    .describe('Readings of the asker, for a language model'),
  model_hints: listOf(z.string().max(80), 5)
    .optional()
    .describe('Wished language models, best first; the first that is allowed here is asked'),
});

/** The schema of a batch, as `analyze_batch` publishes it. */
export const batchQuestionSchema: z.ZodType<BatchQuestion> = z.object({
  capabilities: listOf(z.enum(CAPABILITIES), CAPABILITIES.length),
  symbols: listOf(questionSchema, MOST_SYMBOLS),
});

/** The schema of a batch's answer. */
export const batchAnswerSchema: z.ZodType<BatchAnswer> = z.object({
  results: z.array(answerSchema).max(MOST_SYMBOLS * CAPABILITIES.length),
  errors: z
    .array(
      z.object({
        symbol: z.string().max(40),
        capability: z.enum(CAPABILITIES),
        code: z.string().max(40),
        message: z.string().max(4_000),
      }),
    )
    .max(MOST_SYMBOLS * CAPABILITIES.length),
});
