import { createHash } from 'node:crypto';
import { ScannerError } from '../../../errors.js';
import { timeframeMs } from '../../../market/timeframe.js';
import { withDeadline } from '../../../parallel/deadline.js';
import { systemTimers } from '../../../parallel/system-timers.js';
import type { AnalystAnswer } from '../../analyst-answer.js';
import type { AnalystQuestion } from '../../analyst-question.js';
import { Breaker } from '../../breaker.js';
import { KeyedCache } from '../../keyed-cache.js';
import { Untrusted } from '../../untrusted.js';
import type { NewsSource } from '../news-source.js';
import { type AnalystEngine, statisticalEngine } from '../statistical-engine.js';
import { Budget } from './budget.js';
import type { AskModel } from './messages-api.js';
import { modelQuestion, SYSTEM } from './model-question.js';
import {
  JUDGED,
  type JudgedAnswer,
  type ModelOpinion,
  OPINIONS_JSON_SCHEMA,
  readOpinions,
  withOpinion,
} from './opinion.js';

const MOST_ANSWER_TOKENS = 1_000;
/** A token is rarely shorter than two characters of JSON. */
const CHARACTERS_PER_TOKEN = 2;
const MOST_KEPT = 1_000;
const LONGEST_KEPT_MS = 600_000;
const NEWS_MS = 86_400_000;

/** How a language model is asked. */
export interface LanguageModelTerms {
  readonly ask: AskModel;
  readonly model: string;
  /** Models that a question may wish for instead. */
  readonly allowedModels: readonly string[];
  readonly news: NewsSource | undefined;
  readonly callsPerMinute: number;
  readonly tokensPerDay: number;
  readonly timeoutMs: number;
  /** Hears why a model was not heard. */
  readonly onFallback: (error: ScannerError) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

type Opinions = readonly ModelOpinion[];

/**
 * The statistical analyst with a second thought: a language model is asked once for all answers that have a bias, and moves each within
 * bounds. On any error, and beyond its budget, the statistical answer stands. What is not known has no bias to move and is not asked.
 */
export function languageModelEngine(terms: LanguageModelTerms): AnalystEngine {
  const statistics = statisticalEngine(terms.news);
  const counsel = new Counsel(terms, statistics);
  return {
    asksElsewhere: true,
    async answer(capability, question, signal) {
      const answer = await statistics.answer(capability, question, signal);
      if (!isJudged(answer) || answer.confidence === 0) return answer;
      const model = modelFor(question, terms);
      const opinions = await counsel.opinionsOn(question, model);
      const opinion = opinions.find((each) => each.capability === capability);
      return opinion === undefined ? answer : withOpinion(answer, opinion, model);
    },
  };
}

/** Asks the model, once for what is the same and never beyond the budget. */
class Counsel {
  readonly #terms: LanguageModelTerms;
  readonly #statistics: AnalystEngine;
  readonly #budget: Budget;
  readonly #breaker = new Breaker(Math.random);
  readonly #kept = new KeyedCache<Promise<Opinions>>(MOST_KEPT);

  constructor(terms: LanguageModelTerms, statistics: AnalystEngine) {
    this.#terms = terms;
    this.#statistics = statistics;
    this.#budget = new Budget(terms);
  }

  async opinionsOn(question: AnalystQuestion, model: string): Promise<Opinions> {
    let content: string;
    try {
      content = await this.#contentOf(question);
    } catch (error) {
      return this.#fallBack(error);
    }
    const now = this.#terms.now();
    const key = createHash('sha256')
      .update(JSON.stringify([model, content]))
      .digest('base64');
    const keptMs = Math.min(LONGEST_KEPT_MS, timeframeMs(question.timeframe) / 2);
    const kept = this.#kept.get(key, now, keptMs);
    if (kept !== undefined) return kept;
    // Who asks next is served by the same call, so nobody's impatience ends it.
    const asked = this.#ask(content, model).catch((error: unknown) => {
      this.#kept.delete(key);
      return this.#fallBack(error);
    });
    this.#kept.set(key, asked, now);
    return asked;
  }

  /** Leaves the statistics as they are, and says why. */
  #fallBack(error: unknown): Opinions {
    try {
      this.#terms.onFallback(asScannerError(error));
    } catch {
      // Whoever only listens cannot cost an answer.
    }
    return [];
  }

  async #contentOf(question: AnalystQuestion): Promise<string> {
    const { as_of, symbol } = question;
    const answers = await Promise.all(
      JUDGED.map((capability) => this.#statistics.answer(capability, question)),
    );
    const known = answers.filter(isJudged).filter(({ confidence }) => confidence > 0);
    const news = (await this.#terms.news?.itemsAbout(symbol, as_of - NEWS_MS, as_of)) ?? [];
    return modelQuestion(question, known, news);
  }

  async #ask(content: string, model: string): Promise<Opinions> {
    const { ask, timeoutMs, now } = this.#terms;
    const most =
      MOST_ANSWER_TOKENS + Math.ceil((SYSTEM.length + content.length) / CHARACTERS_PER_TOKEN);
    if (this.#breaker.isOpen(now())) {
      throw new ScannerError('ai_scorer', 'the model failed too often and is left alone a while');
    }
    if (!this.#budget.take(most, now())) {
      throw new ScannerError('rate_limit', 'the budget for the model is used up');
    }
    this.#breaker.admits(now());
    try {
      const request = { model, content, system: SYSTEM, maxTokens: MOST_ANSWER_TOKENS };
      const { text, tokens } = await withDeadline(
        (signal) => ask({ ...request, schema: OPINIONS_JSON_SCHEMA }, signal),
        { ms: timeoutMs, timers: systemTimers, what: 'the model' },
      );
      this.#budget.giveBack(most - tokens, now());
      const opinions = readOpinions(text);
      this.#breaker.succeeded();
      return opinions;
    } catch (error) {
      this.#breaker.failed(now());
      throw error;
    }
  }
}

/** The first model a question wishes for that it may have. */
function modelFor({ model_hints = [] }: AnalystQuestion, terms: LanguageModelTerms): string {
  const { model, allowedModels } = terms;
  return model_hints.find((hint) => hint === model || allowedModels.includes(hint)) ?? model;
}

function isJudged(answer: AnalystAnswer): answer is JudgedAnswer {
  return 'bias' in answer;
}

function asScannerError(error: unknown): ScannerError {
  if (ScannerError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ScannerError('network', `the model did not answer: ${new Untrusted(message).shown()}`);
}
