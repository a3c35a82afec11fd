import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { expectedReturn } from '../../src/forecast/expected-return.js';
import { MAX_TILT, positionChances } from '../../src/forecast/win-probability.js';

const HOUR = 3_600_000;
const distance = fc.double({ min: 0.002, max: 0.1, noNaN: true });
const position = fc.record({
  side: fc.constantFrom('long' as const, 'short' as const),
  target: distance,
  stop: distance,
});
const forecast = fc
  .record({
    horizonMs: fc.integer({ min: HOUR / 4, max: 48 * HOUR }),
    sigma: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
  })
  .map(({ horizonMs, sigma }) => ({ horizonMs, sigma, variance: sigma ** 2, range: 1.4 * sigma }));
const tilt = fc.double({ min: -2, max: 2, noNaN: true });

describe('positionChances', () => {
  it('adds up, stays in its interval, and lets an opinion only whisper', () => {
    fc.assert(
      fc.property(position, forecast, tilt, (barriers, volatility, opinion) => {
        const { noSkill, chances, low, high, sampleSize } = positionChances(
          barriers,
          volatility,
          defaultModelCard,
          opinion,
        );
        expect(chances.target + chances.stop + chances.timeout).toBeCloseTo(1, 9);
        expect(Math.abs(chances.target - noSkill.target)).toBeLessThanOrEqual(MAX_TILT + 1e-12);
        expect(low).toBeLessThanOrEqual(chances.target);
        expect(high).toBeGreaterThanOrEqual(chances.target);
        expect(sampleSize).toBeGreaterThan(1000);
      }),
    );
  });

  it('gives a position and its mirror image the same chances', () => {
    fc.assert(
      fc.property(distance, distance, forecast, tilt, (target, stop, volatility, opinion) => {
        const long = positionChances(
          { side: 'long', target, stop },
          volatility,
          defaultModelCard,
          opinion,
        );
        // In log price the mirror image of +target is -target / (1 + target).
        const mirrored = {
          side: 'short' as const,
          target: target / (1 + target),
          stop: stop / (1 - stop),
        };
        const short = positionChances(mirrored, volatility, defaultModelCard, -opinion);
        expect(short.chances.target).toBeCloseTo(long.chances.target, 9);
      }),
    );
  });
});

describe('expectedReturn', () => {
  it('is the cost, lost, without an opinion on direction', () => {
    fc.assert(
      fc.property(position, forecast, (barriers, volatility) => {
        const chances = positionChances(barriers, volatility, defaultModelCard);
        expect(expectedReturn(barriers, chances, 0.0014)).toBeCloseTo(-0.0014, 12);
      }),
    );
  });
});
