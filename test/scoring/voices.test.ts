import { describe, expect, it } from 'vitest';
import type { Factor, FactorReading } from '../../src/scoring/factor.js';
import { evaluateFactors, voiceSentence } from '../../src/scoring/voices.js';
import { says, snapshot } from './fixtures.js';

const asked = { ...snapshot(), timeframes: ['1h'], planTimeframe: '1h' } as const;

function absenceOf(factor: Factor): string | undefined {
  return evaluateFactors([factor], asked)[0].absence;
}

function returning(reading: unknown): Factor {
  return { id: 'odd', needs: [], weight: 1, evaluate: () => reading as FactorReading };
}

describe('evaluateFactors', () => {
  it('does not ask a factor whose data is missing', () => {
    const factor: Factor = {
      id: 'book',
      needs: ['orderBook'],
      weight: 1,
      evaluate: () => expect.unreachable('there is no book to read'),
    };
    expect(absenceOf(factor)).toBe('there is no order book');
  });

  it.each([
    ['abstains', undefined, 'the factor abstained'],
    ['is not an object', 0.5, 'the reading must be an object, was 0.5'],
    [
      'has a NaN bias',
      { bias: Number.NaN, confidence: 1, reason: '' },
      'bias must be -1 to 1, was NaN',
    ],
    ['overstates', { bias: 1.1, confidence: 1, reason: '' }, 'bias must be -1 to 1, was 1.1'],
    ['is too sure', { bias: 0, confidence: 2, reason: '' }, 'confidence must be 0 to 1, was 2'],
    [
      'has a negative coverage',
      { bias: 0, confidence: 1, coverage: -1, reason: '' },
      'coverage must be 0 to 1, was -1',
    ],
    [
      'gives no reason',
      { bias: 0, confidence: 1 },
      'reason must be a sentence or a function that gives one, was undefined',
    ],
    ['is a promise', Promise.resolve(), 'bias must be -1 to 1, was undefined'],
  ])('takes a reading that %s as silence', (_, reading, absence) => {
    expect(absenceOf(returning(reading))).toBe(absence);
  });

  it('takes a factor that throws as silence and asks the others', () => {
    const broken: Factor = {
      id: 'broken',
      needs: [],
      weight: 1,
      evaluate: () => {
        throw new TypeError('x is not a function');
      },
    };
    const voices = evaluateFactors([broken, says('sound', 1, { bias: 1 })], asked);
    expect(voices[0].absence).toBe('the factor failed: "x is not a function"');
    expect(voices[1].reading?.bias).toBe(1);
  });
});

describe('voiceSentence', () => {
  const sentenceOf = (reason: unknown): string =>
    voiceSentence(evaluateFactors([returning({ bias: 0, confidence: 1, reason })], asked)[0]);

  it('says a reason that is a sentence or gives one', () => {
    expect(sentenceOf('plain')).toBe('plain');
    expect(sentenceOf(() => 'late')).toBe('late');
  });

  it('survives a reason that fails or gives something else', () => {
    const failing = (): string => {
      throw new Error('no words');
    };
    expect(sentenceOf(failing)).toBe('the reason failed: "no words"');
    expect(sentenceOf(() => 7)).toBe('the reason must be a sentence, was 7');
  });
});
