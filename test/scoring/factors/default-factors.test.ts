import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarketPhase } from '../../../src/analysis/regime/market-phase.js';
import type { MarketRegime } from '../../../src/analysis/regime/market-regime.js';
import type { TimeframeReadings } from '../../../src/analysis/timeframe-reader.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import { type DataNeed, type FactorInput, sentence } from '../../../src/scoring/factor.js';
import { defaultFactors } from '../../../src/scoring/factors/default-factors.js';
import {
  everywhere,
  FIVE,
  input,
  mirroredReading,
  profile,
  reading,
  SILENT,
  warmingUp,
} from './readings.js';

const absent = fc.constant(Number.NaN);
const between = (min: number, max: number) =>
  fc.oneof({ weight: 8, arbitrary: fc.double({ min, max, noNaN: true }) }, absent);

const anyReading: fc.Arbitrary<TimeframeReadings> = fc
  .record({
    close: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
    rsi: between(0, 100),
    macdHistogram: between(-0.5, 0.5),
    atr: fc.oneof(between(0, 1), fc.constant(0)),
    adx: between(0, 100),
    bandPosition: between(-2.2, 2.2),
    bandWidth: between(0, 2),
    vwapDistance: between(-1, 1),
    volumeFlow: between(-1, 1),
    relativeVolume: between(0, 1e6),
    trendStrength: between(-8, 8),
    volatility: fc.oneof(between(0, 1), fc.constant(0)),
  })
  .map(reading);

const PHASES = ['accumulation', 'markup', 'distribution', 'markdown', 'undetermined'] as const;
const REGIMES = ['bull', 'bear', 'range', 'volatile', 'undetermined'] as const;
const MIRRORED_PHASE: Readonly<Record<MarketPhase, MarketPhase>> = {
  accumulation: 'distribution',
  distribution: 'accumulation',
  markup: 'markdown',
  markdown: 'markup',
  undetermined: 'undetermined',
};
const MIRRORED_REGIME: Readonly<Record<MarketRegime, MarketRegime>> = {
  bull: 'bear',
  bear: 'bull',
  range: 'range',
  volatile: 'volatile',
  undetermined: 'undetermined',
};

type Pair = readonly [market: FactorInput<DataNeed>, mirror: FactorInput<DataNeed>];

/** A market and its mirror image around a price of 100. */
const anyMarket: fc.Arbitrary<Pair> = fc
  .record({
    readings: fc.uniqueArray(fc.tuple(fc.constantFrom(...FIVE), anyReading), {
      selector: ([timeframe]) => timeframe,
    }),
    control: fc.double({ min: 50, max: 200, noNaN: true }),
    below: fc.nat(40),
    above: fc.nat(40),
    silent: fc.boolean(),
    phase: fc.constantFrom(...PHASES),
    score: fc.double({ min: 0.01, max: 1, noNaN: true }),
    regime: fc.constantFrom(...REGIMES),
  })
  .map(({ readings, control, below, above, silent, phase, score, regime }) => [
    input({
      readings: new Map<Timeframe, TimeframeReadings>(readings),
      volumeProfile: silent ? SILENT : profile(control, below, above),
      regime: { phase: { phase, score, evidence: [] }, regime },
    }),
    input({
      readings: new Map<Timeframe, TimeframeReadings>(
        readings.map(([timeframe, values]) => [timeframe, mirroredReading(values)]),
      ),
      volumeProfile: silent ? SILENT : profile(100 ** 2 / control, above, below),
      regime: {
        phase: { phase: MIRRORED_PHASE[phase], score, evidence: [] },
        regime: MIRRORED_REGIME[regime],
      },
    }),
  ]);

describe('defaultFactors', () => {
  it('have distinct names', () => {
    expect(new Set(defaultFactors.map(({ id }) => id)).size).toBe(defaultFactors.length);
  });

  it('stay in their ranges and say a sentence, whatever is absent', () => {
    fc.assert(
      fc.property(anyMarket, ([market]) => {
        for (const factor of defaultFactors) {
          const found = factor.evaluate(market);
          if (found === undefined) continue;
          expect(Math.abs(found.bias)).toBeLessThanOrEqual(1);
          expect(found.confidence).toBeGreaterThanOrEqual(0);
          expect(found.confidence).toBeLessThanOrEqual(1);
          expect(found.coverage ?? 1).toBeGreaterThan(0);
          expect(found.coverage ?? 1).toBeLessThanOrEqual(1 + 1e-12);
          expect(sentence(found.reason)).toMatch(/^\S.*\S$/);
          expect(sentence(found.reason)).not.toMatch(/NaN|Infinity|undefined/);
        }
      }),
    );
  });

  it('turn their bias and keep their confidence in a mirrored market', () => {
    fc.assert(
      fc.property(anyMarket, ([market, mirror]) => {
        for (const factor of defaultFactors) {
          const found = factor.evaluate(market);
          const reflection = factor.evaluate(mirror);
          expect(reflection === undefined).toBe(found === undefined);
          if (found === undefined || reflection === undefined) continue;
          expect(reflection.bias).toBeCloseTo(-found.bias, 9);
          expect(reflection.confidence).toBeCloseTo(found.confidence, 9);
          expect(reflection.coverage).toBe(found.coverage);
        }
      }),
    );
  });

  it('give a market that does not move no bias and no confidence, or abstain', () => {
    const flat = reading({ atr: 0, adx: 0, bandWidth: 0, volatility: 0, relativeVolume: 1 });
    for (const factor of defaultFactors) {
      const found = factor.evaluate(input({ readings: everywhere(flat) }));
      expect(found?.bias ?? 0).toBeCloseTo(0, 12);
      expect(found?.confidence ?? 0).toBeCloseTo(0, 12);
    }
  });

  it('abstain while everything is warming up', () => {
    const start = input({ readings: everywhere(warmingUp()), volumeProfile: SILENT });
    for (const factor of defaultFactors) expect(factor.evaluate(start)).toBeUndefined();
  });
});
