import { describe, expect, it } from 'vitest';
import { calibratedBarriers } from '../../src/forecast/calibrated-barriers.js';
import { likelySigmas, MAX_SIGMA_SPREAD } from '../../src/forecast/likely-sigmas.js';
import { calibratedTouch } from '../../src/forecast/touch-probability.js';

// Student's t beyond plus or minus x, in closed form for two and four degrees of freedom.
const BEYOND = [
  { freedom: 2, tails: (x: number) => 1 - x / Math.sqrt(2 + x * x) },
  {
    freedom: 4,
    tails: (x: number) => {
      const scaled = 1 + (x * x) / 4;
      return 1 - ((0.75 * x) / Math.sqrt(scaled)) * (1 - (x * x) / (12 * scaled));
    },
  },
] as const;

describe('likelySigmas', () => {
  it.each(BEYOND)(
    "makes a touch the tails of Student's t with $freedom degrees of freedom",
    ({ freedom, tails }) => {
      const calibration = { sigmaScale: 0.8, sigmaSpread: 1 / Math.sqrt(2 * freedom) };
      for (const x of [0.2, 0.5, 1, 1.5, 2]) {
        // So near that the drift of a price whose mean stays, which Student's t has not, does not show.
        const level = Math.expm1(x * 0.8 * 2e-4);
        const chance = calibratedTouch({ side: 'up', level, sigma: 2e-4 }, calibration);
        expect(Math.abs(chance - tails(x))).toBeLessThan(0.003);
      }
    },
  );

  it('weighs to one, and is the scaled forecast where there is no spread', () => {
    for (const sigmaSpread of [0, 0.2, MAX_SIGMA_SPREAD]) {
      const sigmas = likelySigmas(0.01, { sigmaScale: 0.9, sigmaSpread });
      expect(sigmas.reduce((sum, [, weight]) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(sigmas.every(([sigma]) => sigma > 0 && sigma < 1)).toBe(true);
    }
    for (const [sigma] of likelySigmas(0.01, { sigmaScale: 0.9, sigmaSpread: 0 })) {
      expect(sigma).toBeCloseTo(0.009, 12);
    }
  });

  it('leaves alone what geometry decides, whatever the calibration', () => {
    const close = { target: 0.001, stop: 0.003, sigma: 0.05 };
    for (const sigmaSpread of [0, 0.3, MAX_SIGMA_SPREAD]) {
      const { target } = calibratedBarriers(close, { sigmaScale: 0.8, sigmaSpread });
      expect(target).toBeCloseTo(0.75, 6);
    }
  });
});
