import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barrierProbabilities } from '../../src/forecast/barrier-probability.js';
import { normalCdf, normalQuantile } from '../../src/forecast/normal.js';

/** A small deterministic generator of standard normal numbers, for simulation only. */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/**
 * First passage by simulation: steps of a Brownian motion, and between two steps the exact chance that the bridge crossed,
 * so that the error is sampling error alone.
 */
function simulate(a: number, b: number, sigma: number, drift: number, paths: number) {
  const next = normals(7);
  const counts = { target: 0, stop: 0, timeout: 0 };
  for (let p = 0; p < paths; p++) counts[firstTouch(a, b, sigma, drift, next)]++;
  return { target: counts.target / paths, stop: counts.stop / paths };
}

function firstTouch(a: number, b: number, sigma: number, drift: number, next: () => number) {
  const steps = 64;
  const variance = (sigma * sigma) / steps;
  let x = 0;
  for (let i = 0; i < steps; i++) {
    const y = x + drift / steps + Math.sqrt(variance) * next();
    const up = y >= a ? 1 : Math.exp((-2 * (a - x) * (a - y)) / variance);
    const down = y <= -b ? 1 : Math.exp((-2 * (b + x) * (b + y)) / variance);
    const u = normalCdf(next());
    if (u < up) return 'target';
    if (u > 1 - down) return 'stop';
    x = y;
  }
  return 'timeout';
}

describe('barrierProbabilities', () => {
  it('gives the no-skill rate b / (a + b) without a horizon', () => {
    const cases: [number, number, number][] = [
      [0.02, 0.1254, 0.8624],
      [0.02, 0.02, 0.5],
      [0.04, 0.02, 0.3333],
    ];
    for (const [a, b, rate] of cases) {
      const distances = { target: Math.expm1(a), stop: -Math.expm1(-b) };
      const chances = barrierProbabilities({ ...distances, sigma: Infinity });
      expect(chances.target).toBeCloseTo(rate, 4);
      expect(chances.timeout).toBeCloseTo(0, 12);
    }
  });

  it.each([
    [0.01, 0.02, 0.012, 0],
    [0.03, 0.01, 0.02, 0],
    [0.02, 0.02, 0.05, 0],
    [0.02, 0.02, 0.02, 0.008],
    [0.01, 0.03, 0.03, -0.01],
  ])('agrees with simulation (target %d, stop %d, sigma %d, drift %d)', (a, b, sigma, drift) => {
    const paths = 40_000;
    const seen = simulate(Math.log1p(a), -Math.log1p(-b), sigma, drift, paths);
    const { target, stop } = barrierProbabilities({ target: a, stop: b, sigma, drift });
    // Between two far steps both barriers could be crossed; with 64 steps that is rarer than the sampling error.
    const error = (p: number) => 4 * Math.sqrt((p * (1 - p)) / paths) + 5e-4;
    expect(Math.abs(seen.target - target)).toBeLessThan(error(target));
    expect(Math.abs(seen.stop - stop)).toBeLessThan(error(stop));
  });

  const distance = fc.double({ min: 1e-3, max: 0.5, noNaN: true });
  const sigma = fc.double({ min: 1e-5, max: 2, noNaN: true });

  it('adds up to one, whatever the question', () => {
    fc.assert(
      fc.property(distance, distance, sigma, (target, stop, s) => {
        const p = barrierProbabilities({ target, stop, sigma: s });
        expect(p.target + p.stop + p.timeout).toBeCloseTo(1, 12);
        for (const value of Object.values(p)) expect(value).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  // Both infinite series in 60 digits (mpmath).
  it.each([
    [0.02, 0.01, 0.015, 0.02, 0.6178518210545635, 0.14742672980101462],
    [0.02, 0.01, 0.015, -0.02, 0.018279525019548142, 0.8801194872354258],
    [0.0002, 3e-7, 8e-6, 3e-5, 0, 0.7548382006171881],
    [1.2e-5, 4e-4, 2.2e-5, -4e-4, 2.4319030535434134e-9, 0.509510384086974],
    [0.01, 0.3, 0.02, -0.05, 0.08259191006738688, 0],
    [0.3, 0.01, 0.02, 0.05, 0, 0.08054216790925897],
    [2, 0.9, 0.7, 3, 0.9983560961421554, 4.961440658356983e-13],
    [1e-4, 0.5, 1.5, 0.5, 0.999876837602683, 0.00012316239727025623],
    [0.05, 0.05, 0.4, 2, 0.7870835149101528, 0.21291648508984712],
  ])(
    'is exact for target %d, stop %d, sigma %d, drift %d',
    (target, stop, sigma, drift, hitTarget, hitStop) => {
      const chances = barrierProbabilities({ target, stop, sigma, drift });
      expect(chances.target).toBeCloseTo(hitTarget, 13);
      expect(chances.stop).toBeCloseTo(hitStop, 13);
    },
  );

  it('agrees between images and series where one hands over to the other', () => {
    const speed = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(distance, distance, speed, (target, stop, perSigma) => {
        const width = Math.log1p(target) - Math.log1p(-stop);
        const [images, series] = [0.6 - 1e-13, 0.6 + 1e-13].map((share) => {
          const sigma = share * width;
          return barrierProbabilities({ target, stop, sigma, drift: perSigma * 0.6 * width });
        });
        expect(images.target).toBeCloseTo(series.target, 11);
        expect(images.stop).toBeCloseTo(series.stop, 11);
      }),
    );
  });

  it('rises with the stop and falls with the target', () => {
    fc.assert(
      fc.property(
        distance,
        distance,
        sigma,
        fc.double({ min: 1.01, max: 2, noNaN: true }),
        (t, st, s, k) => {
          const base = barrierProbabilities({ target: t, stop: st, sigma: s }).target;
          const farther = barrierProbabilities({ target: t * k, stop: st, sigma: s }).target;
          const wider = barrierProbabilities({
            target: t,
            stop: Math.min(0.9, st * k),
            sigma: s,
          }).target;
          expect(farther).toBeLessThanOrEqual(base + 1e-12);
          expect(wider).toBeGreaterThanOrEqual(base - 1e-12);
        },
      ),
    );
  });

  it('is certain of the outcome when nothing moves', () => {
    expect(barrierProbabilities({ target: 0.01, stop: 0.01, sigma: 0 }).timeout).toBe(1);
    expect(barrierProbabilities({ target: 0.01, stop: 0.01, sigma: 1e-9 }).timeout).toBe(1);
  });

  it('follows a drift that dwarfs the noise', () => {
    const barriers = { target: 0.04, stop: 0.02 };
    const far = Math.log1p(0.04);
    expect(barrierProbabilities({ ...barriers, sigma: 1e-9, drift: 0.05 }).target).toBe(1);
    expect(barrierProbabilities({ ...barriers, sigma: 1e-200, drift: -0.05 }).stop).toBe(1);
    expect(barrierProbabilities({ ...barriers, sigma: 1e-9, drift: 0.03 }).timeout).toBe(1);
    expect(barrierProbabilities({ ...barriers, sigma: 1e-9, drift: far }).target).toBeCloseTo(
      0.5,
      6,
    );
  });

  it('gives three chances that add up to 1, whatever the drift', () => {
    const anyDistance = fc.double({ min: 1e-7, max: 0.9, noNaN: true });
    const drift = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const noise = fc.oneof(
      fc.double({ min: 0, noNaN: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
    );
    fc.assert(
      fc.property(anyDistance, anyDistance, noise, drift, (target, stop, sigma, drift) => {
        const chances = barrierProbabilities({ target, stop, sigma, drift });
        for (const chance of Object.values(chances)) {
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
        expect(chances.target + chances.stop + chances.timeout).toBeCloseTo(1, 12);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    [{ target: 0, stop: 0.1, sigma: 1 }, /target must be above 0, was 0/],
    [{ target: 0.1, stop: 1, sigma: 1 }, /stop must be between 0 and 1, was 1/],
    [{ target: 0.1, stop: 0.1, sigma: Number.NaN }, /sigma must be at least 0, was NaN/],
  ])('refuses %o', (options, message) => {
    expect(() => barrierProbabilities(options)).toThrow(message);
  });
});

describe('the normal distribution', () => {
  it('has the printed values', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalCdf(-10) / 7.61985302416047e-24).toBeCloseTo(1, 10);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
  });

  it('is inverted by its quantile', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1 - 1e-12, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9);
      }),
    );
  });
});
