import { clamp, freshness, poolAnswers } from './ai-influence.js';
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
  const shown = typeof rationale === 'string' ? oneLine(rationale, RATIONALE_LENGTH) : '';
  const { answers: given } = opinion;
  if (Array.isArray(given)) {
    const answers = given.slice(0, MOST_ANSWERS).flatMap(boundedAnswer);
    if (answers.length === 0) return undefined;
    const left = Math.min(...answers.map(sizeLeftBy));
    return {
      ...poolAnswers(answers),
      rationale: shown,
      sizeFactor: boundedSizeFactor(sizeFactor, left),
      answers,
    };
  }
  if (!isNumber(adjustment) || !isNumber(confidence)) return undefined;
  return {
    adjustment: clamp(adjustment, -1, 1),
    confidence: clamp(confidence, 0, 1),
    dissent: 0,
    rationale: shown,
    sizeFactor: boundedSizeFactor(sizeFactor, 1),
    answers: [],
  };
}

function boundedAnswer(answer: unknown): AiAnswer[] {
  if (!isRecord(answer)) return [];
  const { capability, support, confidence, weight = 1, ageMs = 0, sizeFactor } = answer;
  if (typeof capability !== 'string' || !isNumber(support) || !isNumber(confidence)) return [];
  if (!isNumber(weight) || !isNumber(ageMs)) return [];
  return [
    {
      capability: oneLine(capability, NAME_LENGTH),
      support: clamp(support, -1, 1),
      confidence: clamp(confidence, 0, 1),
      weight: clamp(weight, 0, 1e6),
      ageMs: clamp(ageMs, 0, Number.MAX_SAFE_INTEGER),
      sizeFactor: boundedSizeFactor(sizeFactor, 1),
    },
  ];
}

/** What an answer leaves of a size: its fear fades as its support does. */
function sizeLeftBy({ sizeFactor = 1, ageMs = 0 }: AiAnswer): number {
  return 1 - (1 - sizeFactor) * freshness(ageMs);
}

function boundedSizeFactor(value: unknown, otherwise: number): number {
  return isNumber(value) ? clamp(value, LEAST_SIZE_FACTOR, 1) : otherwise;
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
