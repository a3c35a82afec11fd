import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarketPhase } from '../../../src/analysis/regime/market-phase.js';
import type { MarketRegime } from '../../../src/analysis/regime/market-regime.js';
import type { TimeframeReadings } from '../../../src/analysis/timeframe-reader.js';
import { OrderBook } from '../../../src/market/order-book.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import { type Trade, TradeSeries } from '../../../src/market/trade-series.js';
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

interface Level {
  readonly gap: number;
  readonly amount: number;
}

const levels: fc.Arbitrary<readonly Level[]> = fc.array(
  fc.record({
    gap: fc.double({ min: 1e-7, max: 1e-3, noNaN: true }),
    amount: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
  }),
  { maxLength: 12 },
);

/** A book whose levels lie at rising log distances from 100; bids and asks swap in the mirror. */
function bookAround(bids: readonly Level[], asks: readonly Level[], time: number): OrderBook {
  const side = (rows: readonly Level[], way: number): [number, number][] => {
    let distance = 0;
    return rows.map(({ gap, amount }) => {
      distance += gap;
      return [100 * Math.exp(way * distance), amount];
    });
  };
  return OrderBook.from({ time, bids: side(bids, -1), asks: side(asks, 1) });
}

const anyTrades: fc.Arbitrary<readonly Trade[]> = fc
  .array(
    fc.record({
      time: fc.integer({ min: -1e9, max: 0 }),
      price: fc.double({ min: 1, max: 1e4, noNaN: true }),
      amount: fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
      side: fc.constantFrom('buy' as const, 'sell' as const),
    }),
    { maxLength: 40 },
  )
  .map((trades) => trades.toSorted((a, b) => a.time - b.time));

const mirroredTrade = (trade: Trade): Trade => ({
  ...trade,
  price: 100 ** 2 / trade.price,
  side: trade.side === 'buy' ? 'sell' : 'buy',
});

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
    bids: levels,
    asks: levels,
    age: fc.integer({ min: -1000, max: 1e7 }),
    trades: anyTrades,
  })
  .map(({ readings, control, below, above, silent, phase, score, regime, ...micro }) => [
    input({
      orderBook: bookAround(micro.bids, micro.asks, -micro.age),
      trades: TradeSeries.from(micro.trades),
      readings: new Map<Timeframe, TimeframeReadings>(readings),
      volumeProfile: silent ? SILENT : profile(control, below, above),
      regime: { phase: { phase, score, evidence: [] }, regime },
    }),
    input({
      orderBook: bookAround(micro.asks, micro.bids, -micro.age),
      trades: TradeSeries.from(micro.trades.map(mirroredTrade)),
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
  it('have distinct names and weights that sum to 1', () => {
    expect(new Set(defaultFactors.map(({ id }) => id)).size).toBe(defaultFactors.length);
    expect(defaultFactors.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
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
          expect([factor.id, reflection === undefined]).toEqual([factor.id, found === undefined]);
          if (found === undefined || reflection === undefined) continue;
          expect(reflection.bias).toBeCloseTo(-found.bias, 9);
          expect(reflection.confidence).toBeCloseTo(found.confidence, 9);
          expect(reflection.coverage ?? 1).toBeCloseTo(found.coverage ?? 1, 9);
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
