import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composite } from '../../src/scoring/composite.js';
import { baseMicroPoints, exactMicroPoints, ledgerOf, scoreOf } from '../../src/scoring/ledger.js';
import { type Penalty, penalties } from '../../src/scoring/penalties.js';
import type { LedgerEntry } from '../../src/scoring/signal.js';
import { evaluateFactors } from '../../src/scoring/voices.js';
import { anyFactors, anyQuality } from './arbitraries.js';
import { says, snapshot } from './fixtures.js';

const asked = { ...snapshot(), timeframes: ['1h'], planTimeframe: '1h' } as const;
const anySpread = fc.option(fc.double({ min: 0, max: 500, noNaN: true }), { nil: undefined });

function total(entries: readonly LedgerEntry[]): number {
  return entries.reduce((sum, { microPoints }) => sum + microPoints, 0);
}

describe('exactMicroPoints', () => {
  it('finds a number that a score carries both ways, at most 14 micro-points below', () => {
    for (let points = 0; points <= 1_000_000; points++) {
      const exact = exactMicroPoints(points);
      const isSound = exact <= points && points - exact <= 14 && (exact / 1e6) * 1e6 === exact;
      if (!isSound) expect.unreachable(`${points} became ${exact}`);
    }
  });
});

describe('ledgerOf', () => {
  it('holds every part of a score, signed towards the direction', () => {
    const voices = evaluateFactors(
      [
        says('trend', 1, { bias: -0.9, confidence: 1 }),
        says('volume', 1, { bias: 0.1, confidence: 1 }),
        says('book', 1, undefined),
      ],
      asked,
    );
    expect(ledgerOf(voices, composite(voices), penalties(30, ['stale']))).toEqual([
      { kind: 'factor', id: 'trend', microPoints: 450_000, reason: 'trend says so' },
      { kind: 'factor', id: 'volume', microPoints: -50_000, reason: 'volume says so' },
      { kind: 'factor', id: 'book', microPoints: 0, reason: 'abstains: the factor abstained' },
      { kind: 'penalty', id: 'spread', microPoints: -50_000, reason: expect.any(String) },
      { kind: 'penalty', id: 'stale', microPoints: -50_000, reason: 'the data is marked stale' },
    ]);
  });

  it('adds up to the score exactly', () => {
    fc.assert(
      fc.property(anyFactors, anySpread, anyQuality, (factors, spread, quality) => {
        const voices = evaluateFactors(factors, asked);
        const opinion = composite(voices);
        const found = penalties(spread, quality);
        const entries = ledgerOf(voices, opinion, found);
        const score = scoreOf(baseMicroPoints(opinion.bias, found));
        expect(total(entries)).toBe(score * 1e6);
        expect(total(entries) / 1e6).toBe(score);
        expect(entries.every(({ microPoints }) => Number.isSafeInteger(microPoints))).toBe(true);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('caps a score that penalties would take below 0', () => {
    const voices = evaluateFactors([says('trend', 1, { bias: 0.05 })], asked);
    const entries = ledgerOf(voices, composite(voices), penalties(300, []));
    expect(entries.map(({ kind, microPoints }) => [kind, microPoints])).toEqual([
      ['factor', 50_000],
      ['penalty', -200_000],
      ['cap', 150_000],
    ]);
  });

  const isPenalty = ({ kind }: LedgerEntry): boolean => kind === 'penalty';
  const isFree = (entries: readonly LedgerEntry[]): boolean =>
    entries.every(({ kind }) => kind !== 'cap');
  const exceptRounding = (entries: readonly LedgerEntry[]): number =>
    total(entries.filter(({ kind }) => kind !== 'rounding'));

  it('without a penalty is the ledger without that entry', () => {
    fc.assert(
      fc.property(anyFactors, anySpread, anyQuality, fc.nat(), (factors, spread, quality, pick) => {
        const voices = evaluateFactors(factors, asked);
        const opinion = composite(voices);
        const found = penalties(spread, quality);
        const entries = ledgerOf(voices, opinion, found);
        fc.pre(found.length > 0 && isFree(entries));
        const dropped: Penalty = found[pick % found.length];
        const without = ledgerOf(
          voices,
          opinion,
          found.filter((penalty) => penalty !== dropped),
        );
        const kept = entries.filter((entry) => !(isPenalty(entry) && entry.id === dropped.id));
        expect(exceptRounding(without)).toBe(exceptRounding(kept));
      }),
    );
  });

  it('of a factor made neutral is the ledger without its points', () => {
    fc.assert(
      fc.property(anyFactors, fc.nat(), (factors, pick) => {
        const index = pick % factors.length;
        const { id, weight, evaluate } = factors[index];
        const reading = evaluate({} as never);
        const neutral = factors.with(index, says(id, weight, reading && { ...reading, bias: 0 }));
        const [here, there] = [factors, neutral].map((list) => {
          const voices = evaluateFactors(list, asked);
          return { voices, opinion: composite(voices) };
        });
        // Once the direction turns, every entry is signed the other way.
        fc.pre(here.opinion.bias < 0 === there.opinion.bias < 0);
        const entries = ledgerOf(here.voices, here.opinion, []);
        const kept = entries.filter((entry) => entry.id !== id);
        expect(exceptRounding(ledgerOf(there.voices, there.opinion, []))).toBe(
          exceptRounding(kept),
        );
      }),
    );
  });
});
