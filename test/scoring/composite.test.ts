import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composite, directionOf } from '../../src/scoring/composite.js';
import type { Factor } from '../../src/scoring/factor.js';
import { baseMicroPoints, contribution, scoreInterval, scoreOf } from '../../src/scoring/ledger.js';
import { penalties } from '../../src/scoring/penalties.js';
import { evaluateFactors, type Voice } from '../../src/scoring/voices.js';
import { anyFactors, anyQuality, anyReading } from './arbitraries.js';
import { says, snapshot } from './fixtures.js';

function hear(factors: readonly Factor[]): readonly Voice[] {
  return evaluateFactors(factors, { ...snapshot(), timeframes: ['1h'], planTimeframe: '1h' });
}

describe('composite', () => {
  it('weighs bias by weight and confidence', () => {
    const opinion = composite(
      hear([
        says('a', 3, { bias: 0.8, confidence: 0.5 }),
        says('b', 1, { bias: -0.4, confidence: 1 }),
      ]),
    );
    // (3 * 0.5 * 0.8 - 1 * 0.4) / (1.5 + 1) and 2.5 / 4
    expect(opinion.bias).toBeCloseTo(0.32, 15);
    expect(opinion.confidence).toBe(0.625);
    expect(opinion.coverage).toBe(1);
    expect(opinion.biasInterval).toEqual([opinion.bias, opinion.bias]);
  });

  it('lets an abstaining factor lower confidence and coverage but not the bias', () => {
    const opinion = composite(
      hear([says('a', 1, { bias: 0.5, confidence: 0.8 }), says('b', 3, undefined)]),
    );
    expect(opinion.bias).toBe(0.5);
    expect(opinion.confidence).toBe(0.2);
    expect(opinion.coverage).toBe(0.25);
  });

  it('spans what a missing factor could have said', () => {
    const opinion = composite(
      hear([says('a', 1, { bias: 0.5, confidence: 1 }), says('b', 1, undefined)]),
    );
    // b fully sure at either end: (0.5 - 1) / 2 and (0.5 + 1) / 2
    expect(opinion.biasInterval).toEqual([-0.25, 0.75]);
  });

  it('counts a reading of partial coverage as partly missing', () => {
    const opinion = composite(hear([says('a', 1, { bias: 0.5, confidence: 1, coverage: 0.8 })]));
    expect(opinion.coverage).toBe(0.8);
    expect(opinion.biasInterval[0]).toBeCloseTo((0.8 * 0.5 - 0.2) / 1, 15);
    expect(opinion.biasInterval[1]).toBeCloseTo((0.8 * 0.5 + 0.2) / 1, 15);
  });

  it('has no opinion when nobody speaks', () => {
    const opinion = composite(hear([says('a', 1, undefined)]));
    expect(opinion).toEqual({
      bias: 0,
      biasInterval: [-1, 1],
      confidence: 0,
      coverage: 0,
      heard: 0,
    });
    expect(composite([]).bias).toBe(0);
  });

  it('stays within its bounds, and contributions add up to the bias', () => {
    fc.assert(
      fc.property(anyFactors, (factors) => {
        const voices = hear(factors);
        const { bias, confidence, coverage, biasInterval, heard } = composite(voices);
        expect(Math.abs(bias)).toBeLessThanOrEqual(1);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1);
        expect(biasInterval[0]).toBeLessThanOrEqual(bias);
        expect(biasInterval[1]).toBeGreaterThanOrEqual(bias);
        const sum = voices.reduce((total, voice) => total + contribution(voice, heard), 0);
        expect(Math.abs(sum - bias)).toBeLessThanOrEqual(1e-12);
      }),
    );
  });

  it('changes sign and nothing else when every factor says the opposite', () => {
    fc.assert(
      fc.property(anyFactors, (factors) => {
        const opposite = factors.map(({ id, weight, evaluate }) => {
          const reading = evaluate({} as never);
          return says(id, weight, reading && { ...reading, bias: 0 - reading.bias });
        });
        const here = composite(hear(factors));
        const there = composite(hear(opposite));
        expect(there.bias).toBe(0 - here.bias);
        expect(there.confidence).toBe(here.confidence);
        expect(there.coverage).toBe(here.coverage);
      }),
    );
  });
});

describe('scoreInterval', () => {
  it('holds the score whatever legal reading a missing factor would have given', () => {
    fc.assert(
      fc.property(
        anyFactors,
        anyReading,
        fc.nat(),
        anyQuality,
        (factors, reading, pick, quality) => {
          const index = pick % factors.length;
          const { id, weight } = factors[index];
          const found = penalties(12, quality);
          const withReading = (said: typeof reading | undefined): number => {
            const list = factors.with(index, says(id, weight, said));
            return scoreOf(baseMicroPoints(composite(hear(list)).bias, found));
          };
          const without = composite(hear(factors.with(index, says(id, weight, undefined))));
          const [low, high] = scoreInterval(without, found, true);
          for (const said of [undefined, reading, { ...reading, bias: 1, confidence: 1 }]) {
            const score = withReading(said);
            expect(score).toBeGreaterThanOrEqual(low);
            expect(score).toBeLessThanOrEqual(high);
          }
        },
      ),
    );
  });

  it('is the score alone when nothing is missing', () => {
    const opinion = composite(hear([says('a', 1, { bias: -0.4 })]));
    expect(scoreInterval(opinion, [], true)).toEqual([0.4, 0.4]);
  });

  it('reaches down by the widest spread penalty when the spread is unknown', () => {
    const opinion = composite(hear([says('a', 1, { bias: 0.4 })]));
    expect(scoreInterval(opinion, [], false)).toEqual([0.2, 0.4]);
  });

  it('reaches down to 0 when the missing evidence could turn the direction', () => {
    const opinion = composite(hear([says('a', 1, { bias: 0.5 }), says('b', 1, undefined)]));
    expect(scoreInterval(opinion, [], true)).toEqual([0, 0.75]);
  });
});

describe('directionOf', () => {
  it('is neutral below the resolution of a score', () => {
    expect(directionOf(0.4e-6)).toBe('neutral');
    expect(directionOf(0.6e-6)).toBe('long');
    expect(directionOf(-0.6e-6)).toBe('short');
  });
});
