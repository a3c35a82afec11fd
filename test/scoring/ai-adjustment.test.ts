import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyVerdict } from '../../src/scoring/ai-adjustment.js';
import { boundedVerdict } from '../../src/scoring/ai-opinion.js';
import { exactMicroPoints } from '../../src/scoring/ledger.js';
import type { AiMode, MarketSignal } from '../../src/scoring/signal.js';

const market = { lotSize: 0.1, minNotional: 5 };

function signalOf(microPoints: number, size: Partial<MarketSignal> = {}): MarketSignal {
  const score = microPoints / 1e6;
  const absent = { ai: 'none', aiEnhancedScore: 'none', opportunity: 'none' };
  const ledger = [{ kind: 'factor', id: 'all', microPoints, reason: 'all' }];
  const plan = { entryPrice: 100, positionSize: 2, riskFraction: 0.02, notionalMultiple: 0.2 };
  return { score, baseScore: score, absent, ledger, ...plan, ...size } as unknown as MarketSignal;
}

function applied(
  signal: MarketSignal,
  opinion: unknown,
  mode: AiMode = 'bounded',
  maxAdjustment = 0.1,
): MarketSignal {
  const verdict = boundedVerdict(opinion);
  if (verdict === undefined) return signal;
  return applyVerdict(signal, verdict, { scorer: 'ai', mode, maxAdjustment, market });
}

function sumOf({ ledger }: MarketSignal): number {
  return ledger.reduce((sum, { microPoints }) => sum + microPoints, 0);
}

const BASES = fc.integer({ min: 0, max: 1e6 }).map(exactMicroPoints);
const MODES = fc.constantFrom<AiMode>('bounded', 'seed', 'shadow', 'off');
const ANYTHING = fc.oneof(
  fc.double(),
  fc.double({ min: -1, max: 1 }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity),
  fc.constant(JSON.parse('1e999')),
  fc.string(),
  fc.jsonValue(),
  fc.anything(),
);
const ANSWER = fc.record(
  {
    capability: fc.oneof(fc.string(), ANYTHING),
    support: ANYTHING,
    confidence: ANYTHING,
    weight: ANYTHING,
    ageMs: ANYTHING,
  },
  { requiredKeys: ['capability', 'support', 'confidence'] },
);
const OPINION = fc.oneof(
  fc.record({ adjustment: ANYTHING, confidence: ANYTHING, rationale: ANYTHING }),
  fc.record({ answers: fc.array(ANSWER), rationale: ANYTHING, sizeFactor: ANYTHING }),
  fc.record({ answers: ANYTHING, rationale: ANYTHING }),
  ANYTHING,
);

describe('an opinion', () => {
  test('whatever it holds, moves the score within bounds and keeps the ledger exact', () => {
    fc.assert(
      fc.property(
        BASES,
        OPINION,
        MODES,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (base, opinion, mode, most) => {
          const before = signalOf(base);
          const signal = applied(before, opinion, mode, most);
          expect(signal.baseScore).toBe(before.baseScore);
          expect(signal.score).toBeGreaterThanOrEqual(0);
          expect(signal.score).toBeLessThanOrEqual(1);
          expect(signal.score - signal.baseScore).toBeLessThanOrEqual(most + 1e-12);
          expect(signal.baseScore - signal.score).toBeLessThanOrEqual(1.5 * most + 1e-12);
          expect(sumOf(signal)).toBe(signal.score * 1e6);
          if (mode === 'seed') expect(signal.score).toBeGreaterThanOrEqual(before.score);
          if (mode === 'shadow' || mode === 'off') expect(signal.score).toBe(before.score);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test('whatever it holds, leaves everything but score and size alone, and never enlarges a size', () => {
    fc.assert(
      fc.property(BASES, OPINION, MODES, (base, opinion, mode) => {
        const levels = { stopLoss: 110, takeProfit: 80, entryPrice: 100 };
        const before = signalOf(base, { direction: 'short', ...levels });
        const signal = applied(before, opinion, mode);
        expect(signal).toMatchObject({ direction: 'short', ...levels });
        expect(signal.positionSize).toBeGreaterThanOrEqual(1);
        expect(signal.positionSize).toBeLessThanOrEqual(2);
        expect(signal.riskFraction).toBeLessThanOrEqual(before.riskFraction);
        expect(signal.notionalMultiple).toBeLessThanOrEqual(before.notionalMultiple);
      }),
      { numRuns: 2_000 },
    );
  });

  test('explains every change of rank: what sets two scores apart anew is their two entries', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(BASES, OPINION), { minLength: 2, maxLength: 8 }), (given) => {
        const signals = given.map(([base, opinion]) => applied(signalOf(base), opinion));
        const own = ({ ledger }: MarketSignal): number =>
          ledger.find(({ kind }) => kind === 'ai')?.microPoints ?? 0;
        for (const a of signals) {
          for (const b of signals) {
            const before = Math.round((a.baseScore - b.baseScore) * 1e6);
            const after = Math.round((a.score - b.score) * 1e6);
            expect(after - before).toBe(own(a) - own(b));
            if (Math.sign(before) * Math.sign(after) < 0) expect(own(a)).not.toBe(own(b));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [0.5, 1, 0.55],
    [-1, 1, 0.35],
    [-0.5, 1, 0.425],
    [1, 0.5, 0.55],
    [0, 1, 0.5],
    [9, 9, 0.6],
  ])('adjustment %d at confidence %d makes %d of 0.5', (adjustment, confidence, score) => {
    const signal = applied(signalOf(5e5), { adjustment, confidence, rationale: '' });
    expect(signal.score).toBeCloseTo(score, 5);
    expect(signal.absent).toEqual({ opportunity: 'none' });
  });

  test('is text on one line, cut, without control characters', () => {
    const rationale = `up\n\u001b[31m\u202Edown${'x'.repeat(500)}`;
    const verdict = boundedVerdict({ adjustment: 0, confidence: 0, rationale });
    expect(verdict?.rationale).toBe(`up [31m down${'x'.repeat(148)}`);
  });

  test.each([
    [null],
    ['yes'],
    [{}],
    [{ adjustment: '1', confidence: 1 }],
    [{ adjustment: 1 }],
    [{ answers: [] }],
    [{ answers: [{ capability: 'x', support: 'up', confidence: 1 }] }],
  ])('that is %j is none', (answer) => {
    expect(boundedVerdict(answer)).toBeUndefined();
  });

  test('is read from own numbers alone: a prototype in JSON has no say', () => {
    const opinion = JSON.parse('{"__proto__":{"adjustment":1,"confidence":1},"rationale":"up"}');
    expect(boundedVerdict(opinion)).toBeUndefined();
  });

  test('in shadow is written into the ledger and moves nothing', () => {
    const before = signalOf(5e5);
    const signal = applied(before, { adjustment: 1, confidence: 1, rationale: 'up' }, 'shadow');
    expect(signal).toMatchObject({ score: 0.5, positionSize: 2, ai: { adjustment: 1 } });
    expect(signal.aiEnhancedScore).toBeUndefined();
    expect(signal.ledger.at(-1)).toEqual({
      kind: 'ai',
      id: 'ai',
      microPoints: 0,
      reason: 'in shadow: would change the score by 0.100000; up',
    });
  });
});

describe('a size factor', () => {
  const fear = { capability: 'risk_assessment', support: -1, confidence: 1, sizeFactor: 0.5 };
  const calm = { capability: 'market_regime', support: 1, confidence: 1 };
  const leftBy = (answers: readonly object[], of: object = {}) =>
    boundedVerdict({ answers, rationale: '', ...of })?.sizeFactor;

  test('is the least that an answer leaves, unless the opinion has one of its own', () => {
    expect(leftBy([calm, fear])).toBe(0.5);
    expect(leftBy([calm])).toBe(1);
    expect(leftBy([calm, fear], { sizeFactor: 0.8 })).toBe(0.8);
    expect(leftBy([{ ...fear, sizeFactor: -3 }])).toBe(0.5);
  });

  test('fades with the age of its answer, as the support does', () => {
    expect(leftBy([calm, { ...fear, ageMs: 600_000 }])).toBeCloseTo(1 - 0.5 / Math.E, 12);
  });

  test('shrinks a size to a lot, and the risk with it', () => {
    const opinion = { adjustment: 0, confidence: 0, rationale: '', sizeFactor: 0.77 };
    const signal = applied(signalOf(5e5), opinion);
    expect(signal.positionSize).toBe(1.5);
    expect(signal.riskFraction).toBeCloseTo(0.015, 12);
    expect(signal.notionalMultiple).toBeCloseTo(0.15, 12);
  });

  test.each([
    [0.1, 100, 'less than a lot'],
    [0.2, 30, 'less than an order must be worth'],
  ])(
    'leaves a size of %d at a price of %d as it is: %s would be left',
    (positionSize, entryPrice) => {
      const opinion = { adjustment: 0, confidence: 0, rationale: '', sizeFactor: 0.5 };
      expect(applied(signalOf(5e5, { positionSize, entryPrice }), opinion).positionSize).toBe(
        positionSize,
      );
    },
  );

  test('scales the fractions of a signal without equity', () => {
    const opinion = { adjustment: 0, confidence: 0, rationale: '', sizeFactor: 0.5 };
    const signal = applied(signalOf(5e5, { positionSize: undefined }), opinion);
    expect(signal).toMatchObject({ positionSize: undefined, riskFraction: 0.01 });
  });
});
