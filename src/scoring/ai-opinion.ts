import { clamp, poolAnswers } from './ai-influence.js';
import type { AiAnswer, AiVerdict } from './signal.js';

/** The most of a rationale that is kept. */
const RATIONALE_LENGTH = 160;
/** The most of a capability's name that is kept. */
const NAME_LENGTH = 40;
/** The most answers that one opinion is pooled from; there are six capabilities to ask. */
const MOST_ANSWERS = 16;
/** The least that is left of a size. */
const LEAST_SIZE_FACTOR = 0.5;

/**
 * An opinion as it came from outside, brought within bounds: numbers clamped, answers pooled, text on one line and cut at 160
 * characters. `undefined` when it holds no numbers to go by.
 */
export function boundedVerdict(opinion: unknown): AiVerdict | undefined {
  if (!isRecord(opinion)) return undefined;
  const { adjustment, confidence, rationale, sizeFactor } = opinion;
  const shared = {
    rationale: typeof rationale === 'string' ? oneLine(rationale, RATIONALE_LENGTH) : '',
    sizeFactor: isNumber(sizeFactor) ? clamp(sizeFactor, LEAST_SIZE_FACTOR, 1) : 1,
  };
  const { answers: given } = opinion;
  if (Array.isArray(given)) {
    const answers = given.slice(0, MOST_ANSWERS).flatMap(boundedAnswer);
    return answers.length === 0 ? undefined : { ...poolAnswers(answers), ...shared, answers };
  }
  if (!isNumber(adjustment) || !isNumber(confidence)) return undefined;
  return {
    adjustment: clamp(adjustment, -1, 1),
    confidence: clamp(confidence, 0, 1),
    dissent: 0,
    ...shared,
    answers: [],
  };
}

function boundedAnswer(answer: unknown): AiAnswer[] {
  if (!isRecord(answer)) return [];
  const { capability, support, confidence, weight = 1, ageMs = 0 } = answer;
  if (typeof capability !== 'string' || !isNumber(support) || !isNumber(confidence)) return [];
  if (!isNumber(weight) || !isNumber(ageMs)) return [];
  return [
    {
      capability: oneLine(capability, NAME_LENGTH),
      support: clamp(support, -1, 1),
      confidence: clamp(confidence, 0, 1),
      weight: clamp(weight, 0, 1e6),
      ageMs: clamp(ageMs, 0, Number.MAX_SAFE_INTEGER),
    },
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

// Control characters, direction marks and line breaks could dress a text up as something else in a terminal.
function oneLine(text: string, length: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, length);
}
