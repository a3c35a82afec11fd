import type { AnalystAnswer } from '../analyst-answer.js';
import type { AnalystQuestion } from '../analyst-question.js';
import type { Capability } from '../capability.js';
import type { AnswerBase } from './finding.js';
import { analyzeMarket } from './market-analysis.js';
import type { NewsSource } from './news-source.js';
import { recognizePatterns } from './pattern-recognition.js';
import { analyzeRegime } from './regime-analysis.js';
import { assessRisk } from './risk-assessment.js';
import { analyzeSentiment } from './sentiment-analysis.js';
import { predictVolatility } from './volatility-prediction.js';

/** Answers questions about markets. */
export interface AnalystEngine {
  /** Whether it asks anybody beyond this machine. @defaultValue false */
  readonly asksElsewhere?: boolean | undefined;
  /** @param signal - Aborts when nobody waits for the answer any more. */
  answer(
    capability: Capability,
    question: AnalystQuestion,
    signal?: AbortSignal,
  ): Promise<AnalystAnswer>;
}

/**
 * The analyst that needs no model and no key: statistics of the closes it is given. The same question has the same answer, byte for
 * byte.
 *
 * @param news - What sentiment is read from; without it sentiment has confidence 0.
 */
export function statisticalEngine(news?: NewsSource): AnalystEngine {
  return {
    async answer(capability, question) {
      const base: AnswerBase = {
        v: 1,
        symbol: question.symbol,
        engine: 'stat',
        model: 'ems-stat-1',
        as_of: question.as_of,
      };
      switch (capability) {
        case 'market_analysis':
          return { ...base, ...analyzeMarket(question) };
        case 'risk_assessment':
          return { ...base, ...assessRisk(question) };
        case 'pattern_recognition':
          return { ...base, ...recognizePatterns(question) };
        case 'sentiment_analysis':
          return { ...base, ...(await analyzeSentiment(question, news)) };
        case 'volatility_prediction':
          return { ...base, ...predictVolatility(question) };
        case 'market_regime':
          return { ...base, ...analyzeRegime(question) };
      }
    },
  };
}
