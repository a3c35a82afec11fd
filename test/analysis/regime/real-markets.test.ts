import { describe, expect, it } from 'vitest';
import { type MarketPhase, marketPhase } from '../../../src/analysis/regime/market-phase.js';
import { type MarketRegime, marketRegime } from '../../../src/analysis/regime/market-regime.js';
import { chartPatterns } from '../../../src/analysis/regime/patterns.js';
import type { CandleSeries } from '../../../src/market/candle-series.js';
import { resample } from '../../../src/market/resample.js';
import { hasShared, sharedCandles } from '../../shared-data.js';
import { mirrored } from './planted-markets.js';

const SYMBOLS = ['BTC', 'ETH', 'SOL', 'DOGE', 'PEPE', 'BIFI'];

/** Windows of 300 candles, a stride apart. */
function windows(candles: CandleSeries, stride: number): CandleSeries[] {
  const count = Math.floor((candles.length - 300) / stride);
  return Array.from({ length: count }, (_, i) => candles.slice(i * stride, i * stride + 300));
}

/** Moments of six coins, on candles of five minutes and of an hour. */
function moments(): CandleSeries[] {
  return SYMBOLS.map((base) => sharedCandles(`binance/${base}-USDT-5m`)).flatMap((candles) => [
    ...windows(candles, 700),
    ...windows(resample(candles, '5m', '1h'), 60),
  ]);
}

describe.skipIf(!hasShared)('recorded markets (skipped without ../shared)', () => {
  const all = hasShared ? moments() : [];

  it('show every phase, each now and then, and leave most moments undetermined', () => {
    const counts: Record<MarketPhase, number> = {
      accumulation: 0,
      markup: 0,
      distribution: 0,
      markdown: 0,
      undetermined: 0,
    };
    for (const candles of all) counts[marketPhase(candles).phase]++;
    const { undetermined, ...phases } = counts;
    expect(undetermined / all.length).toBeGreaterThan(0.6);
    expect(undetermined / all.length).toBeLessThan(0.95);
    for (const count of Object.values(phases)) expect(count / all.length).toBeGreaterThan(0.005);
  });

  it('show every regime', () => {
    const seen = new Set<MarketRegime>(all.map(marketRegime));
    expect([...seen].toSorted()).toEqual(['bear', 'bull', 'range', 'undetermined', 'volatile']);
  });

  it('form well-made patterns, and never many at once', () => {
    const found = all.map((candles) => chartPatterns(candles));
    expect(found.filter((patterns) => patterns.length > 0).length / all.length).toBeLessThan(0.3);
    for (const { levels, quality } of found.flat()) {
      expect(levels.lower).toBeLessThan(levels.upper);
      expect(quality).toBeGreaterThanOrEqual(0);
      expect(quality).toBeLessThanOrEqual(1);
    }
  });

  it('keep their score in the mirror, on ticks too', () => {
    for (const candles of all.filter((_, i) => i % 5 === 0)) {
      expect(marketPhase(mirrored(candles)).score).toBeCloseTo(marketPhase(candles).score, 6);
    }
  });
});
