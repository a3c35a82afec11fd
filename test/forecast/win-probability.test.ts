import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barrierProbabilities } from '../../src/forecast/barrier-probability.js';
import { calibratedBarriers } from '../../src/forecast/calibrated-barriers.js';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { expectedReturn } from '../../src/forecast/expected-return.js';
import { calibratedTouch, touchProbability } from '../../src/forecast/touch-probability.js';
import {
  MAX_TILT,
  type PositionBarriers,
  positionChances,
} from '../../src/forecast/win-probability.js';

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

  it('gives a short position the chances of the long one it is the other side of', () => {
    fc.assert(
      fc.property(distance, distance, forecast, tilt, (target, stop, volatility, opinion) => {
        const chancesOf = (position: PositionBarriers) =>
          positionChances(position, volatility, defaultModelCard, opinion).chances;
        const long = chancesOf({ side: 'long', target, stop });
        const short = chancesOf({ side: 'short', target: stop, stop: target });
        expect(short.target).toBeCloseTo(long.stop, 9);
        expect(short.stop).toBeCloseTo(long.target, 9);
      }),
    );
  });

  it.each([
    [0.02, 0.1254, 0.8624],
    [0.02, 0.02, 0.5],
    [0.04, 0.02, 0.3333],
  ])(
    'wins, without skill, target %d and stop %d in %d of the time on either side',
    (target, stop, rate) => {
      const wild = { horizonMs: 24 * HOUR, sigma: 2, variance: 4, range: 3 };
      for (const side of ['long', 'short'] as const) {
        const { noSkill } = positionChances({ side, target, stop }, wild, defaultModelCard);
        expect(noSkill.target).toBeCloseTo(rate, 4);
      }
    },
  );

  it('expects a market without direction to come out at nothing, and to be met only as often as that allows', () => {
    const spread = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(distance, distance, spread, (target, stop, sigmaSpread) => {
        const calibration = { sigmaScale: 0.8, sigmaSpread };
        const endless = { sigma: Number.POSITIVE_INFINITY };
        const { target: hit, stop: lost } = calibratedBarriers(
          { target, stop, ...endless },
          calibration,
        );
        expect(hit * target - lost * stop).toBeCloseTo(0, 12);
        expect(hit + lost).toBeCloseTo(1, 12);
        const rise = calibratedTouch({ side: 'up', level: target, ...endless }, calibration);
        expect(rise).toBeCloseTo(1 / (1 + target), 12);
        const fall = calibratedTouch({ side: 'down', level: stop, ...endless }, calibration);
        expect(fall).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('touchProbability', () => {
  it('is the chance of a target whose stop is out of reach, whatever the drift', () => {
    const drift = fc.double({ min: -0.2, max: 0.2, noNaN: true });
    const sigma = fc.double({ min: 1e-4, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(distance, sigma, drift, (level, sigma, drift) => {
        const up = touchProbability({ side: 'up', level, sigma, drift });
        const down = touchProbability({ side: 'down', level, sigma, drift });
        const far = { sigma, drift };
        const { target } = barrierProbabilities({ target: level, stop: 1 - 1e-9, ...far });
        const { stop } = barrierProbabilities({ target: 1e9, stop: level, ...far });
        expect(up).toBeCloseTo(target, 10);
        expect(down).toBeCloseTo(stop, 10);
      }),
    );
  });
});

describe('a card that nothing has judged', () => {
  it('gives a chance that may be anything, of no event', () => {
    const horizons = defaultModelCard.horizons.map((model) => ({
      ...model,
      reliability: { count: [], hits: [], meanChance: [] },
    }));
    const volatility = { horizonMs: HOUR, sigma: 0.01, variance: 1e-4, range: 0.014 };
    const barriers = { side: 'long' as const, target: 0.01, stop: 0.01 };
    const unjudged = { ...defaultModelCard, horizons };
    expect(positionChances(barriers, volatility, unjudged)).toMatchObject({
      ...{ low: 0, high: 1, sampleSize: 0 },
    });
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
