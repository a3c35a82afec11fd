import { describe, expect, it } from 'vitest';
import { type MarketPhase, marketPhase } from '../../../src/analysis/regime/market-phase.js';
import { CandleSeries } from '../../../src/market/candle-series.js';
import { accumulation, drawn, mirrored, randomWalk, scaled } from './planted-markets.js';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

const OPPOSITE: Readonly<Record<MarketPhase, MarketPhase>> = {
  accumulation: 'distribution',
  distribution: 'accumulation',
  markup: 'markdown',
  markdown: 'markup',
  undetermined: 'undetermined',
};

function countPhases(series: readonly CandleSeries[]): Record<MarketPhase, number> {
  const counts = { accumulation: 0, markup: 0, distribution: 0, markdown: 0, undetermined: 0 };
  for (const candles of series) counts[marketPhase(candles).phase]++;
  return counts;
}

describe('marketPhase', () => {
  it('finds planted accumulation, and distribution in its mirror image', () => {
    const series = SEEDS.map(accumulation);
    const counts = countPhases(series);
    expect(counts.accumulation).toBeGreaterThanOrEqual(54);
    expect(counts.distribution + counts.markup).toBe(0);
    expect(countPhases(series.map(mirrored)).distribution).toBe(counts.accumulation);
  });

  it('names the evidence of accumulation, and of distribution in its own words', () => {
    const candles = accumulation(0);
    const evidence = marketPhase(candles).evidence.join('; ');
    expect(evidence).toMatch(/after a decline of [\d.]+ random-walk units/);
    expect(evidence).toMatch(/selling climax on [\d.]+ times the usual volume/);
    expect(evidence).toMatch(/support tested again on \d+% of the climax volume/);
    expect(evidence).toMatch(/volume on rallies 1\.\d times that on reactions/);
    const reflection = marketPhase(mirrored(candles)).evidence.join('; ');
    expect(reflection).toMatch(/after an advance of .* buying climax .* resistance tested again/);
  });

  it('finds markup and markdown in drifting walks', () => {
    const rising = SEEDS.map((seed) => randomWalk(seed, 300, 0.5));
    const falling = SEEDS.map((seed) => randomWalk(seed, 300, -0.5));
    expect(countPhases(rising).markup).toBeGreaterThanOrEqual(57);
    expect(countPhases(falling).markdown).toBeGreaterThanOrEqual(57);
  });

  it('leaves most walks without direction undetermined', () => {
    const walks = Array.from({ length: 400 }, (_, seed) => randomWalk(1000 + seed));
    expect(countPhases(walks).undetermined).toBeGreaterThan(300);
  });

  it('does not call a range accumulation when nothing came before it', () => {
    const range = Array.from({ length: 300 }, (_, i) => 4 * Math.sin(i / 3));
    expect(marketPhase(drawn(range)).phase).toBe('undetermined');
  });

  it('does not take one jump for a trend', () => {
    const jump = Array.from({ length: 300 }, (_, i) => (i < 270 ? 0 : 60) + Math.sin(i * 1.7));
    expect(marketPhase(drawn(jump)).phase).not.toBe('markup');
  });

  it('is undetermined, with score 0 and no evidence, on flat, short and empty series', () => {
    const none = { phase: 'undetermined', score: 0, evidence: [] };
    const row = (i: number, volume: number) => [i * 60_000, 5, 5, 5, 5, volume] as const;
    const flat = CandleSeries.from(Array.from({ length: 300 }, (_, i) => row(i, 1)));
    const silent = CandleSeries.from(Array.from({ length: 300 }, (_, i) => row(i, 0)));
    for (const candles of [flat, silent, randomWalk(1, 60), CandleSeries.empty()]) {
      expect(marketPhase(candles)).toEqual(none);
    }
  });

  it('has the mirrored phase and the same score in a mirrored market', () => {
    for (const candles of [...SEEDS.map(accumulation), ...SEEDS.map((seed) => randomWalk(seed))]) {
      const reading = marketPhase(candles);
      const reflection = marketPhase(mirrored(candles));
      expect(reflection.phase).toBe(OPPOSITE[reading.phase]);
      expect(reflection.score).toBeCloseTo(reading.score, 9);
      expect(reflection.evidence).toHaveLength(reading.evidence.length);
    }
  });

  it('does not depend on the scale of prices or volumes, nor on what came long before', () => {
    for (const seed of SEEDS) {
      const candles = randomWalk(seed, 400);
      const reading = marketPhase(candles);
      expect(marketPhase(scaled(candles, 2 ** 20))).toEqual(reading);
      expect(marketPhase(candles.slice(-240))).toEqual(reading);
      const louder = { ...candles, volume: candles.volume.map((volume) => volume * 8) };
      expect(marketPhase(CandleSeries.fromColumns(louder))).toEqual(reading);
    }
  });

  it('keeps its score between 0 and 1, and above 0 when it decides', () => {
    for (const seed of SEEDS) {
      const { phase, score } = marketPhase(randomWalk(seed, 300, 0.2));
      expect(score).toBeLessThanOrEqual(1);
      if (phase === 'undetermined') expect(score).toBe(0);
      else expect(score).toBeGreaterThan(0);
    }
  });
});
