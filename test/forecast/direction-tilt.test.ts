import { describe, expect, it } from 'vitest';
import { readTimeframe } from '../../src/analysis/timeframe-reader.js';
import type { TiltEvent } from '../../src/backtest/tilt-events.js';
import {
  fitTilt,
  fitTiltWeights,
  pooledSupport,
  provenShare,
  supportOf,
} from '../../src/backtest/tilt-fit.js';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { DIRECTION_FEATURES, directionTilt } from '../../src/forecast/direction-tilt.js';
import type { ModelCard } from '../../src/forecast/model-card.js';
import { logistic } from '../../src/forecast/platt.js';
import { CandleSeries } from '../../src/market/candle-series.js';

/** A wavy market, and its mirror image in log price. */
function wave(invert: boolean): CandleSeries {
  const price = (x: number) => (invert ? 1e4 / x : x);
  return CandleSeries.from(
    Array.from({ length: 260 }, (_, i) => {
      const open = 100 + 5 * Math.sin(i / 9) + i * 0.03;
      const close = 100 + 5 * Math.sin((i + 1) / 9) + (i + 1) * 0.03;
      const prices = [open, Math.max(open, close) * 1.001, Math.min(open, close) * 0.999, close];
      const [o, h, l, c] = prices.map(price);
      return [i * 300_000, o, Math.max(h, l), Math.min(h, l), c, 10 + (i % 7)] as const;
    }),
  );
}

/** The shipped card with an opinion of its own, whatever the data bear out of one. */
const opinionated: ModelCard = {
  ...defaultModelCard,
  tilt: { weights: DIRECTION_FEATURES.map((_, i) => 0.01 * (i + 1)), provenShare: 0 },
};

describe('directionTilt', () => {
  it('changes sign with the market', () => {
    const up = readTimeframe(wave(false));
    const down = readTimeframe(wave(true));
    const tilt = directionTilt(up, up, opinionated);
    expect(tilt).not.toBe(0);
    expect(directionTilt(down, down, opinionated)).toBeCloseTo(-tilt, 9);
  });

  it('has no opinion while readings are warming up', () => {
    const young = readTimeframe(wave(false).slice(0, 20));
    expect(directionTilt(young, young, opinionated)).toBe(0);
  });
});

describe('the fit of a tilt', () => {
  /** Events whose chance is moved by `effect` log odds per unit of the first feature. */
  function events(effect: number, count: number): TiltEvent[] {
    return Array.from({ length: count }, (_, i) => {
      const features = new Float64Array(DIRECTION_FEATURES.length);
      features[0] = i % 2 === 0 ? 1 : -1;
      const chance = logistic(effect * features[0]);
      return { features, chance: 0.5, hit: (i * 0.6180339887498949) % 1 < chance, day: i % 97 };
    });
  }

  it('finds a planted edge, shrunk, and finds it proven', () => {
    const weights = fitTiltWeights(events(0.3, 200_000));
    expect(weights[0]).toBeGreaterThan(0.05);
    expect(weights[0]).toBeLessThan(0.3);
    const found = supportOf(events(0.3, 20_000), weights);
    expect(found && provenShare(found)).toBe(1);
  });

  it('proves nothing where there is nothing', () => {
    const weights = fitTiltWeights(events(0.3, 200_000));
    const found = supportOf(events(0, 20_000), weights);
    expect(found && provenShare(found)).toBe(0);
  });

  it('counts findings by their precision', () => {
    const { slope, error } = pooledSupport([
      { slope: 1, error: 0.5 },
      { slope: 2, error: 1 },
    ]);
    expect(slope).toBeCloseTo(1.2, 12);
    expect(error).toBeCloseTo(1 / Math.sqrt(5), 12);
  });

  it('keeps an opinion that every set bears out, and silences one that a set contradicts', () => {
    const agreed = fitTilt([events(0.3, 20_000), events(0.3, 20_000)]);
    expect(agreed.weights[0]).toBeGreaterThan(0.005);
    expect(agreed.provenShare).toBe(1);
    expect(agreed.findings?.every(({ slope, error }) => slope > 2 * error)).toBe(true);
    const opposed = fitTilt([events(0.3, 20_000), events(-0.3, 20_000)]);
    expect(opposed.weights.every((weight) => weight === 0)).toBe(true);
    expect(opposed.provenShare).toBe(0);
  });

  it('says nothing on the word of one set alone', () => {
    expect(fitTilt([events(0.3, 20_000)]).weights.every((weight) => weight === 0)).toBe(true);
  });
});
