import { describe, expect, it } from 'vitest';
import { defineFactor } from '../../src/scoring/factor.js';
import { momentumFactor } from '../../src/scoring/factors/momentum.js';
import { orderBookFactor } from '../../src/scoring/factors/order-book.js';
import { trendFactor } from '../../src/scoring/factors/trend.js';
import { volumeFactor } from '../../src/scoring/factors/volume.js';
import { PROOFS } from '../../src/testing/causality/proofs.js';
import { rankArea } from '../../src/testing/causality/rank-area.js';
import { simulatedMarket } from '../../src/testing/causality/simulated-market.js';
import { checkFactor } from '../../src/testing/check-factor.js';
import { PLANTED_LEAKS } from './planted-leaks.js';

const candles = simulatedMarket({ days: 30, seed: 5 });
const [, , WARM_UP, NULL_MARKET, , PEEK] = PROOFS.map(({ rule }) => rule);

describe('checkFactor', () => {
  it.each([trendFactor, momentumFactor, volumeFactor])('finds no fault with $id', (factor) => {
    const report = checkFactor(factor, { candles, moments: 6 });
    expect(report.failures).toEqual([]);
    expect(report.checks).toHaveLength(6);
    expect(report.factorId).toBe(factor.id);
  });

  it.each(Object.entries(PLANTED_LEAKS))('catches %s', (_, plant) => {
    expect(checkFactor(plant(), { candles, moments: 6 }).passed).toBe(false);
  });

  it('knows at least twelve leaks', () => {
    expect(Object.keys(PLANTED_LEAKS).length).toBeGreaterThanOrEqual(12);
  });

  it('says that nothing is proven of a factor that has nothing to say about candles', () => {
    const { failures } = checkFactor(orderBookFactor, { candles, moments: 4 });
    expect(failures).toEqual([expect.stringContaining(PEEK)]);
  });

  it('tells a factor that needs longer windows than a scan has', () => {
    const hoarder = defineFactor({
      id: 'hoarder',
      needs: ['candles'],
      weight: 1,
      evaluate({ candles: given }) {
        const base = given.get('5m');
        if (base === undefined) return undefined;
        const change = Math.log(base.close[base.length - 1] / base.close[0]);
        return { bias: Math.tanh(20 * change), confidence: 1, reason: 'since the first candle' };
      },
    });
    const failed = checkFactor(hoarder, { candles, moments: 8 }).checks.filter(
      ({ passed }) => !passed,
    );
    expect(failed.map(({ rule }) => rule)).toEqual([WARM_UP]);
  });

  it('sees foreknowledge of a market of pure chance by what it earns alone', () => {
    const { checks } = checkFactor(PLANTED_LEAKS['the next return, by a shift of minus one'](), {
      candles,
      moments: 4,
    });
    expect(checks.find(({ rule }) => rule === NULL_MARKET)?.found).toMatch(/area of (1\.0|0\.9)/);
  });
});

describe('rankArea', () => {
  it('is 1 for a perfect order, a half for ties, and undefined without both kinds', () => {
    const pairs = (values: number[]) => values.map((value, i) => [value, i >= 3] as const);
    expect(rankArea(pairs([1, 2, 3, 4, 5, 6]))?.area).toBe(1);
    expect(rankArea(pairs([7, 7, 7, 7, 7, 7]))?.area).toBe(0.5);
    expect(rankArea(pairs([6, 5, 4, 3, 2, 1]))?.area).toBe(0);
    expect(rankArea(pairs([1, 2]))).toBeUndefined();
  });
});
