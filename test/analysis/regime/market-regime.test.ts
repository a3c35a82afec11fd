import { describe, expect, it } from 'vitest';
import { type MarketRegime, marketRegime } from '../../../src/analysis/regime/market-regime.js';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { drawn, mirrored, randomNumbers, randomWalk, scaled } from './planted-markets.js';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

const OPPOSITE: Readonly<Record<MarketRegime, MarketRegime>> = {
  bull: 'bear',
  bear: 'bull',
  range: 'range',
  volatile: 'volatile',
  undetermined: 'undetermined',
};

function share(regime: MarketRegime, series: readonly CandleSeries[]): number {
  return series.filter((candles) => marketRegime(candles) === regime).length / series.length;
}

describe('marketRegime', () => {
  it('calls a rising market bull and a falling one bear', () => {
    expect(
      share(
        'bull',
        SEEDS.map((seed) => randomWalk(seed, 300, 0.4)),
      ),
    ).toBeGreaterThan(0.9);
    expect(
      share(
        'bear',
        SEEDS.map((seed) => randomWalk(seed, 300, -0.4)),
      ),
    ).toBeGreaterThan(0.9);
  });

  it('calls a market that swings around one level a range', () => {
    const swings = Array.from({ length: 300 }, (_, i) => 3 * Math.sin(i / 2.5));
    expect(marketRegime(drawn(swings))).toBe('range');
  });

  it('calls a sudden burst of large moves without direction volatile', () => {
    const random = randomNumbers(4);
    const burst = Array.from({ length: 300 }, (_, i) => (random() - 0.5) * (i < 285 ? 1 : 12));
    expect(marketRegime(drawn(burst))).toBe('volatile');
  });

  it('finds a bull or bear market in a walk without direction as rarely as chance has it', () => {
    const walks = Array.from({ length: 400 }, (_, seed) => randomWalk(2000 + seed));
    // A standard normal lies beyond 1.5 in 13% of cases.
    expect(share('bull', walks) + share('bear', walks)).toBeLessThan(0.2);
    expect(share('undetermined', walks)).toBeGreaterThan(0.5);
  });

  it('is undetermined without movement and with fewer than 120 candles', () => {
    const flat = Array.from({ length: 300 }, (_, i) => [i * 60_000, 5, 5, 5, 5, 1] as const);
    expect(marketRegime(CandleSeries.from(flat))).toBe('undetermined');
    expect(marketRegime(randomWalk(1, 119, 1))).toBe('undetermined');
    expect(marketRegime(CandleSeries.empty())).toBe('undetermined');
  });

  it('is mirrored in a mirrored market, and blind to scale and to what came long before', () => {
    for (const seed of SEEDS) {
      const candles = randomWalk(seed, 400, seed % 3 === 0 ? 0.15 : 0);
      const regime = marketRegime(candles);
      expect(marketRegime(mirrored(candles))).toBe(OPPOSITE[regime]);
      expect(marketRegime(scaled(candles, 2 ** -30))).toBe(regime);
      expect(marketRegime(candles.slice(-260))).toBe(regime);
    }
  });
});
