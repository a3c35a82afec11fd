import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Judgement, type ScoringInput } from '../../src/scoring/judgement.js';
import type { Rejection } from '../../src/scoring/rejection.js';
import { type ScoredMarket, scoreMarket } from '../../src/scoring/score-market.js';
import type { ScoringSettings } from '../../src/scoring/settings.js';
import type { MarketSignal } from '../../src/scoring/signal.js';
import { allMisses, SIGNAL_RULE_NAMES } from '../../src/scoring/signal-rules.js';
import { nextBelow } from '../../src/scoring/smallest-admitting.js';
import { anyInput } from './any-input.js';
import { market, readings, says, scoringInput, snapshot } from './fixtures.js';
import { anyRawMarket, inputOf } from './random-market.js';

function signalOf(input: ScoringInput): MarketSignal {
  const scored = scoreMarket(input);
  if (scored.kind !== 'signal') throw new Error(scored.rejection.nearestMiss);
  return scored.signal;
}

function rejectionOf(input: ScoringInput): Rejection {
  const scored = scoreMarket(input);
  if (scored.kind !== 'rejection') throw new Error('it is a signal');
  return scored.rejection;
}

function under(input: ScoringInput, settings: Partial<ScoringSettings>): ScoringInput {
  return { ...input, settings: { ...input.settings, ...settings } };
}

/** Where a number is that JSON could not carry. */
function unspeakable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value === 'function') return [`${path} is a function`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unspeakable(inner, `${path}.${key}`));
}

describe('scoreMarket', () => {
  it('gives a signal with a plan, a ledger and reasons for what is absent', () => {
    expect(signalOf(scoringInput())).toMatchObject({
      symbol: 'AAA/USDT',
      direction: 'long',
      score: 0.6,
      baseScore: 0.6,
      scoreInterval: [0.6, 0.6],
      confidence: 0.8,
      coverage: 1,
      trendDirection: 'up',
      trendStrength: 0.6,
      momentumScore: undefined,
      entryPrice: 100.01,
      stopLoss: 98.02,
      takeProfit: 103.99,
      winProbability: undefined,
      tradeable: false,
      contributions: [{ factor: 'trend', contribution: 0.6, reason: 'trend says so' }],
      absent: {
        winProbability: 'a volatility forecast needs candles of 5m and 1h',
        momentumScore: 'no factor named momentum was asked',
        positionSize: 'no equity is configured',
      },
    });
  });

  it('turns the parts of a short towards its direction', () => {
    const factors = [
      says('trend', 2, { bias: -0.8 }),
      says('momentum', 1, { bias: -0.5 }),
      says('volume', 1, { bias: 0.25 }),
      says('order-book', 1, undefined),
      says('trade-flow', 1, { bias: -0.5, confidence: 0.5 }),
    ];
    const signal = signalOf(scoringInput({ factors }));
    expect(signal).toMatchObject({
      direction: 'short',
      trendDirection: 'down',
      momentumScore: 0.5,
      volumeScore: -0.25,
      microstructureScore: 0.5,
    });
    expect(signal.stopLoss).toBeGreaterThan(signal.entryPrice);
    expect(signal.takeProfit).toBeLessThan(signal.entryPrice);
    expect(signal.ledger.find(({ id }) => id === 'volume')?.microPoints).toBeLessThan(0);
  });

  it('says why a part is absent when its factor abstained', () => {
    const factors = [says('trend', 1, { bias: 0.6 }), says('momentum', 0.2, undefined)];
    expect(signalOf(scoringInput({ factors })).absent).toMatchObject({
      momentumScore: 'momentum abstains: the factor abstained',
    });
  });

  it('rejects a score below the minimum and says which minimum would admit it', () => {
    const weak = [says('trend', 1, { bias: -0.1 })];
    expect(scoreMarket(scoringInput({ factors: weak }))).toMatchObject({
      kind: 'rejection',
      rejection: {
        rule: 'min-score',
        value: 0.1,
        threshold: 0.25,
        remedy: { setting: 'minScore', to: 0.1 },
        nearestMiss: 'minScore of 0.1 or less would admit it to the ranking',
      },
      observation: { symbol: 'AAA/USDT', bias: -0.1, trendDirection: 'down' },
    });
  });

  it('names every rule that stands in the way', () => {
    const weak = [says('trend', 1, { bias: 0.1, confidence: 0.1 })];
    expect(rejectionOf(scoringInput({ factors: weak })).nearestMiss).toBe(
      'minScore of 0.1 or less would admit it past min-score, then min-confidence would still reject it (0.1, at least 0.2)',
    );
  });

  it('rejects balance, unfit data and a coarse tick without promising a setting', () => {
    const balanced = [says('a', 1, { bias: 0.3 }), says('b', 1, { bias: -0.3 })];
    expect(rejectionOf(scoringInput({ factors: balanced })).nearestMiss).toBe(
      'the factors balance out; no setting would admit it',
    );
    const young = snapshot({ readings: new Map([['1h', readings({ count: 20 })]]) });
    expect(rejectionOf(scoringInput({ snapshot: young }))).toMatchObject({
      rule: 'data-quality',
      value: 20,
      threshold: 51,
      remedy: undefined,
      quality: ['short-history'],
    });
    const coarse = snapshot({ market: { ...market, tickSize: 200 } });
    expect(rejectionOf(scoringInput({ snapshot: coarse })).rule).toBe('no-plan');
  });

  it('says how much equity an order would take', () => {
    const poor = scoringInput({ settings: { equity: 2 } });
    const { rule, value, threshold, remedy, nearestMiss } = rejectionOf(poor);
    expect([rule, threshold]).toEqual(['min-notional', 5]);
    // Half of 2 buys 0.009 at 100.01; 0.05 of them, worth 5.0005, take twice that of equity.
    expect(value).toBeCloseTo(0.90009, 9);
    expect(remedy?.to).toBeCloseTo(10.001, 9);
    expect(nearestMiss).toBe(
      `the risk buys 0.009 AAA, an order must be worth at least 5 USDT; equity of ${remedy?.to} would admit it to the ranking`,
    );
  });

  it('tells the truth about a nearest miss: the stated setting admits, the next number short of it does not', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const scored = scoreMarket(input);
        if (scored.kind === 'signal' || scored.rejection.remedy === undefined) return;
        const { rule, remedy, nearestMiss } = scored.rejection;
        const rulesAt = (to: number): readonly string[] =>
          allMisses(new Judgement(under(input, { [remedy.setting]: to }))).map((miss) => miss.rule);
        const after = rulesAt(remedy.to);
        expect(after.length === 0).toBe(nearestMiss.endsWith('to the ranking'));
        expect(after).not.toContain(rule);
        // A minimum is admitted by going down to the value; equity by going up.
        const short = remedy.setting === 'equity' ? nextBelow(remedy.to) : nextAbove(remedy.to);
        expect(rulesAt(short)).toContain(rule);
      }),
      { numRuns: 400 },
    );
  });

  it('never speaks of NaN, whatever legal market it is given', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(unspeakable(scoreMarket(input))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps its promises in every signal', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const scored = scoreMarket(under(input, { minScore: 0, minConfidence: 0 }));
        if (scored.kind === 'rejection') return;
        const { signal } = scored;
        const { market, ...rest } = input.snapshot;
        expect(signal.ledger.reduce((sum, entry) => sum + entry.microPoints, 0)).toBe(
          signal.score * 1e6,
        );
        expect(signal.score).toBeGreaterThanOrEqual(signal.scoreInterval[0]);
        expect(signal.score).toBeLessThanOrEqual(signal.scoreInterval[1]);
        expect(signal.riskFraction).toBeLessThanOrEqual(input.settings.riskPerTrade);
        expect(signal.notionalMultiple).toBeLessThanOrEqual(input.settings.maxPositionNotional);
        expect(signal.direction).toBe(signal.bias > 0 ? 'long' : 'short');
        if (signal.positionSize !== undefined) {
          expect(signal.positionSize * signal.entryPrice).toBeGreaterThanOrEqual(
            market.minNotional,
          );
        }
        expect(signal.volume).toBe(rest.ticker.quoteVolume24h);
      }),
      { numRuns: 400 },
    );
  });

  it('says the same twice, and what it says is plain data', () => {
    fc.assert(
      fc.property(anyRawMarket, (raw) => {
        const scored: ScoredMarket = scoreMarket(inputOf(raw));
        expect(scoreMarket(inputOf(raw))).toEqual(scored);
        expect(unspeakable(scored)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('SIGNAL_RULE_NAMES', () => {
  it('names every rule a symbol can be rejected by', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const scored = scoreMarket(input);
        if (scored.kind === 'signal') return;
        expect(SIGNAL_RULE_NAMES).toContain(scored.rejection.rule);
      }),
    );
  });
});

/** The double just above `value`. */
function nextAbove(value: number): number {
  const bits = new BigInt64Array(new Float64Array([value + 0]).buffer);
  bits[0] += value < 0 ? -1n : 1n;
  return new Float64Array(bits.buffer)[0];
}
