import { describe, expect, it } from 'vitest';
import type { TimeframeReadings } from '../../src/analysis/timeframe-reader.js';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { MAX_TILT } from '../../src/forecast/win-probability.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import { type Outlook, outlookOf } from '../../src/scoring/outlook.js';
import type { TradePlan } from '../../src/scoring/signal.js';

/** A market whose readings all lean up, with the volatility of one percent an hour. */
function leaning(provenShare: number): Outlook {
  const variance = 1e-4 / 12;
  const volatility = {
    ...{ varianceHour: variance, varianceFourHours: variance, varianceDay: variance },
    ...{ rangeHour: variance, rangeFourHours: variance, rangeDay: variance },
    ...{ varianceWeek: variance, rangeWeek: variance, varianceWeighted: variance },
    ...{ volumeHour: 1, volumeFourHours: 1, volumeDay: 1 },
  };
  const reading = { trendStrength: 1, rsi: 60, volumeFlow: 0.5, bandPosition: 1 };
  const readings = { ...reading, vwapDistance: 1, atr: 1 } as TimeframeReadings;
  const plan = { entryPrice: 100, takeProfit: 103, stopLoss: 98, roundTripCost: 0.002 };
  const outlook = outlookOf({
    ...{ direction: 'long', plan: plan as TradePlan, volatility, time: 0, horizonMs: 86_400_000 },
    readings: new Map([
      ['5m', readings],
      ['1h', readings],
    ]),
    card: { ...defaultModelCard, tilt: { weights: Array(8).fill(0.01), provenShare } },
  });
  if (typeof outlook === 'string') throw new Error(outlook);
  return outlook;
}

/** The default synthetic market, where every symbol has the week of candles that a forecast needs. */
async function signals(config: object = {}) {
  await using scanner = new EnhancedMarketScanner({ provider: syntheticProvider(), config });
  return await scanner.scanMarketsParallel();
}

describe('the outlook of a signal', () => {
  it('stands beside what no skill would give, with interval, sample and model', async () => {
    const found = await signals();
    expect(found.length).toBeGreaterThan(0);
    for (const { winProbability, opportunity, absent } of found) {
      expect(absent).not.toHaveProperty('winProbability');
      expect(winProbability?.value).toBeGreaterThanOrEqual(winProbability?.low ?? Number.NaN);
      expect(winProbability?.value).toBeLessThanOrEqual(winProbability?.high ?? Number.NaN);
      expect(winProbability?.noSkill).toBeGreaterThan(0);
      expect(winProbability?.sampleSize).toBeGreaterThan(1000);
      expect(opportunity).toBeGreaterThan(0);
    }
  });

  it('lets an opinion on direction move it by little, and costs decide', async () => {
    for (const signal of await signals()) {
      const { winProbability, expectedReturn = Number.NaN, roundTripCost, tradeable } = signal;
      const { value, noSkill } = winProbability ?? { value: Number.NaN, noSkill: Number.NaN };
      expect(Math.abs(value - noSkill)).toBeLessThanOrEqual(MAX_TILT + 1e-12);
      const reach = Math.abs(signal.takeProfit - signal.stopLoss) / signal.entryPrice;
      expect(expectedReturn).toBeCloseTo((value - noSkill) * reach - roundTripCost, 9);
      expect(tradeable).toBe(false);
    }
  });

  it('caps a size by no more of an opinion than is proven', () => {
    const [none, half, all] = [leaning(0), leaning(0.5), leaning(1)];
    expect(half.winProbability.value).toBe(all.winProbability.value);
    expect(none.decidedChance).toBeLessThan(half.decidedChance);
    expect(half.decidedChance).toBeLessThan(all.decidedChance);
    // A target of 3 and a stop of 2: nothing proven is a coin that pays back what it takes.
    expect(none.decidedChance).toBeCloseTo(0.4, 12);
    expect(all.decidedChance).toBeCloseTo(0.4 + all.provenReturn / 0.05 + 0.002 / 0.05, 12);
  });

  it('is absent with a reason where its timeframes are not scanned', async () => {
    const found = await signals({ timeframes: ['15m', '1h', '4h'] });
    expect(found.length).toBeGreaterThan(0);
    for (const { winProbability, expectedReturn, opportunity, absent } of found) {
      expect([winProbability, expectedReturn, opportunity]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(absent).toMatchObject({
        winProbability: 'a volatility forecast needs candles of 5m and 1h',
      });
    }
  });

  it('reaches farther with a longer horizon', async () => {
    const day = await signals();
    const week = await signals({ horizonMs: 7 * 86_400_000 });
    for (const { symbol, winProbability } of day) {
      const longer = week.find((signal) => signal.symbol === symbol)?.winProbability;
      expect(longer?.timeout).toBeLessThan(winProbability?.timeout ?? Number.NaN);
    }
  });
});
