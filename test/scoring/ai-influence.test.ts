import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { influence, poolAnswers } from '../../src/scoring/ai-influence.js';
import type { AiAnswer } from '../../src/scoring/signal.js';

function answer(support: number, confidence = 0.8): AiAnswer {
  return { capability: 'market_analysis', support, confidence };
}

function change(answers: readonly AiAnswer[]): number {
  return influence(poolAnswers(answers), 'bounded', 0.1);
}

const CONFIDENCE = fc.double({ min: 0, max: 1, noNaN: true });
const SUPPORT = fc.double({ min: -1, max: 1, noNaN: true });
const ANSWERS = fc.array(
  fc.record({
    capability: fc.constant('market_analysis'),
    support: SUPPORT,
    confidence: CONFIDENCE,
    weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
    ageMs: fc.double({ min: 0, max: 1e7, noNaN: true }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('the influence of answers', () => {
  test('one that agrees is the original system: min(1, score + 0.1 * confidence)', () => {
    fc.assert(
      fc.property(CONFIDENCE, (confidence) => {
        const verdict = poolAnswers([answer(1, confidence)]);
        for (const mode of ['bounded', 'seed'] as const) {
          expect(influence(verdict, mode, 0.1)).toBeCloseTo(0.1 * confidence, 12);
        }
      }),
    );
  });

  test.each([
    [[1, 1, 1, 1, 1], 0.08],
    [[-1, -1, -1, -1, -1], -0.12],
    [[1, 1, 1, -1, -1], 0.00064],
    [[1, 1, -1, -1, -1], -0.00096],
    [[1, -1], 0],
  ])('supports of %j at confidence 0.8 move a score by %d', (supports, expected) => {
    expect(change(supports.map((support) => answer(support)))).toBeCloseTo(expected, 12);
  });

  test('what was not answered dilutes: one of five moves a fifth', () => {
    const missing = [1, 2, 3, 4].map(() => answer(0, 0));
    expect(change([answer(1, 1), ...missing])).toBeCloseTo(0.02, 12);
  });

  test('all sure that it is wrong take 0.15, half as much again as all sure that it is right would add', () => {
    const sure = (support: number) => [1, 2, 3].map(() => answer(support, 1));
    expect(change(sure(1))).toBeCloseTo(0.1, 12);
    expect(change(sure(-1))).toBeCloseTo(-0.15, 12);
  });

  test('stays within the bound, and a split jury is heard less than a united one', () => {
    fc.assert(
      fc.property(ANSWERS, (answers) => {
        const verdict = poolAnswers(answers);
        const agreed = (support: number): number =>
          change(answers.map((each) => ({ ...each, support })));
        const moved = influence(verdict, 'bounded', 0.1);
        expect(moved).toBeLessThanOrEqual(agreed(1) + 1e-12);
        expect(moved).toBeGreaterThanOrEqual(agreed(-1) - 1e-12);
        expect(agreed(1)).toBeLessThanOrEqual(0.1);
        expect(agreed(-1)).toBeGreaterThanOrEqual(-0.15 - 1e-12);
        expect(verdict.dissent).toBeGreaterThanOrEqual(0);
        expect(verdict.dissent).toBeLessThanOrEqual(1);
      }),
      { numRuns: 5_000 },
    );
  });

  test('one rogue of five equal voices has a fifth of a say: it lifts no unanimous no, and turns no unanimous yes, by more', () => {
    fc.assert(
      fc.property(fc.array(CONFIDENCE, { minLength: 4, maxLength: 4 }), (confidences) => {
        const jury = (support: number): readonly AiAnswer[] =>
          confidences.map((confidence) => answer(support, confidence));
        expect(change([...jury(-1), answer(1, 1)])).toBeLessThanOrEqual(0.02 + 1e-12);
        expect(change([...jury(1), answer(-1, 1)])).toBeGreaterThanOrEqual(-0.03 - 1e-12);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a jury that turns round moves the other way, half as far again when that is down', () => {
    fc.assert(
      fc.property(ANSWERS, (answers) => {
        const turned = change(answers.map((each) => ({ ...each, support: -each.support })));
        const moved = change(answers);
        expect(Math.min(moved, turned)).toBeCloseTo(-1.5 * Math.max(moved, turned), 11);
      }),
    );
  });

  test('more confidence in a united jury never moves less', () => {
    fc.assert(
      fc.property(ANSWERS, SUPPORT, (answers, support) => {
        const united = answers.map((each) => ({ ...each, support }));
        const surer = united.map((each) => ({ ...each, confidence: (each.confidence + 1) / 2 }));
        expect(Math.abs(change(surer))).toBeGreaterThanOrEqual(Math.abs(change(united)) - 1e-12);
      }),
    );
  });

  test('an answer fades: ten minutes leave 1 / e of it', () => {
    const old = { ...answer(1, 1), ageMs: 600_000 };
    expect(change([old])).toBeCloseTo(0.1 / Math.E, 12);
  });
});
