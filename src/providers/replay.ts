import { ScannerError, type ScannerErrorCode } from '../errors.js';
import { abortedError } from '../parallel/deadline.js';
import { onAbort } from '../parallel/on-abort.js';
import type { AiScorer } from '../ports/ai-scorer.js';
import type { Clock, Timers } from '../ports/clock.js';
import type { DataProvider, RequestOptions } from '../ports/data-provider.js';
import { decodeAnswer } from './recorded/answer-code.js';
import type { Capsule, RecordedAnswer } from './recorded/capsule.js';
import { IdleTimers } from './recorded/idle-timers.js';
import { type QuestionName, questionKey, reviewKey } from './recorded/questions.js';

/** A recorded source, and the time it was recorded in. */
export interface ReplayProvider extends DataProvider {
  /** Tells the times that were recorded. */
  readonly clock: Clock;
  /** Lets time pass when nothing else is left to do, so that a call that hung for ten seconds costs none. */
  readonly timers: Timers;
  /** The AI scorer that was recorded, saying what it said then; `undefined` for a scan without one. */
  readonly aiScorer: AiScorer | undefined;
}

/**
 * A provider that answers as the recorded one did: the same answers, the same failures, the same silences.
 *
 * A scanner with the clock, the timers and the settings of the capsule gives the report of the recorded scan again; its
 * `durationMs` alone is that of the replay. A question that was not recorded is `unsupported`.
 *
 * @example
 * ```ts
 * import { EnhancedMarketScanner } from 'enhanced-market-scanner';
 * import { type Capsule, replayProvider } from 'enhanced-market-scanner/providers';
 *
 * declare const capsule: Capsule;
 * const provider = replayProvider(capsule);
 * const { clock, timers, aiScorer } = provider;
 * const config = capsule.config as ConstructorParameters<typeof EnhancedMarketScanner>[0]['config'];
 * const report = await new EnhancedMarketScanner({ provider, clock, timers, aiScorer, config }).scan();
 * console.log(report.signals.length);
 * ```
 */
export function replayProvider(capsule: Capsule): ReplayProvider {
  const answers = new Map(capsule.calls.map(({ question, answers }) => [question, [...answers]]));
  const reads = [...capsule.clockReads];
  const answer = (question: string, { signal }: RequestOptions): unknown => {
    const left = answers.get(question) ?? [];
    // The last answer is the one for all who ask later.
    const next = left.length > 1 ? left.shift() : left[0];
    return given(next, question, signal);
  };
  const asked = (name: QuestionName): object => ({
    [name]: async (...args: unknown[]) =>
      answer(questionKey(name, args), (args.at(-1) ?? {}) as RequestOptions),
  });
  const { scorer } = capsule;
  const aiScorer: AiScorer | undefined = scorer && {
    ...scorer,
    // Whatever it was: the scanner reads an opinion as something foreign.
    review: async (signals, options = {}) =>
      answer(reviewKey(signals, options), options) as Opinions,
  };
  return Object.assign(
    {
      id: capsule.providerId,
      clock: () => (reads.length > 1 ? (reads.shift() as number) : (reads[0] ?? 0)),
      timers: new IdleTimers(),
      aiScorer,
    },
    ...capsule.capabilities.map((name) => asked(name as QuestionName)),
  );
}

type Opinions = Awaited<ReturnType<AiScorer['review']>>;

function given(
  answer: RecordedAnswer | undefined,
  question: string,
  signal: AbortSignal | undefined,
): unknown {
  if (answer === undefined) {
    throw new ScannerError('unsupported', `the capsule has no answer to ${question}`);
  }
  if (answer.kind === 'answer') return decodeAnswer(answer.value);
  if (answer.kind === 'silence') return silence(signal);
  const { code, message, symbol } = answer;
  if (code === undefined) throw new Error(message);
  throw new ScannerError(code as ScannerErrorCode, message, { symbol });
}

function silence(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(abortedError(signal));
    if (signal?.aborted) stop();
    else onAbort(signal, stop);
  });
}
