import { describe, expect, it } from 'vitest';
import { MAX_TILT } from '../../src/forecast/win-probability.js';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';

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
