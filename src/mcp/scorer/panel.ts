import { ScannerError } from '../../errors.js';
import { withDeadline } from '../../parallel/deadline.js';
import { systemTimers } from '../../parallel/system-timers.js';
import type { AiReviewOptions } from '../../ports/ai-scorer.js';
import type { AiOpinion, MarketSignal } from '../../scoring/signal.js';
import type { AnalystClient } from './analyst-client.js';
import { opinionFrom, type ServerAnswers } from './opinion.js';
import { leftAlone } from './peer.js';
import { type Alias, listedSymbol, type QuestionPayload, questionAbout } from './question.js';
import type { ScorerTerms } from './scorer-options.js';

/** What is said of each signal, by symbol. */
export type Opinions = ReadonlyMap<string, AiOpinion>;

/** The servers that are asked, together. */
export class Panel {
  readonly #clients: readonly AnalystClient[];
  readonly #terms: ScorerTerms;

  constructor(clients: readonly AnalystClient[], terms: ScorerTerms) {
    this.#clients = clients;
    this.#terms = terms;
  }

  /**
   * Asks every server about every signal; what has arrived after `ms` counts.
   *
   * @throws ScannerError why nobody was heard, when nobody was; `aborted`.
   */
  async ask(
    signals: readonly MarketSignal[],
    { signal, ...request }: AiReviewOptions,
    ms: number,
  ): Promise<Opinions> {
    if (this.#clients.every(({ isLeftAlone }) => isLeftAlone)) throw leftAlone();
    const questions = signals.map((each, i) => this.#question(each, i, request));
    const heard = new Map<QuestionPayload, ServerAnswers[]>(questions.map((each) => [each, []]));
    const asking = (within: AbortSignal): Promise<PromiseSettledResult<void>[]> =>
      Promise.allSettled(
        this.#clients.map((client) =>
          client.ask(questions, within, (question, answers) =>
            heard.get(question)?.push({ answers, askedAt: question.as_of }),
          ),
        ),
      );
    let failure: unknown;
    try {
      const what = 'the analyst';
      const results = await withDeadline(asking, { ms, timers: systemTimers, what, signal });
      failure = results.find((result) => result.status === 'rejected')?.reason;
    } catch (error) {
      if (signal?.aborted) throw error;
      failure = error;
    }
    const opinions = new Map<string, AiOpinion>();
    for (const [i, question] of questions.entries()) {
      const opinion = opinionFrom(signals[i], heard.get(question) ?? [], this.#terms);
      if (opinion !== undefined) opinions.set(signals[i].symbol, opinion);
    }
    if (opinions.size === 0 && failure !== undefined) throw scorerError(failure);
    return opinions;
  }

  #question(signal: MarketSignal, index: number, request: AiReviewOptions): QuestionPayload {
    const { analysisDepth: depth, models, discloseSymbols } = this.#terms;
    const alias: Alias = `S${index + 1}`;
    return questionAbout(signal, {
      name: (discloseSymbols && listedSymbol(signal.symbol)) || alias,
      candles: request.candles?.get(signal.symbol),
      timeframe: request.timeframe ?? '1h',
      asOf: request.asOf ?? signal.timestamp,
      depth,
      models,
    });
  }
}

function scorerError(cause: unknown): ScannerError {
  if (ScannerError.is(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ScannerError('ai_scorer', message, { cause });
}
